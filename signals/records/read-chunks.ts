import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { RecordFile } from "./record-file";

/** What is unpacked at a time: most of CloudTrail's files are one chunk. */
const CHUNK = 256 * 1024;

/** What a file holds, unpacked where it is packed with gzip, a chunk at a time. */
export async function* readChunks(file: RecordFile): AsyncGenerator<Buffer> {
  const source = file.open();
  try {
    const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await chunks.next();
    if (first.done === true) return;
    const all = Readable.from(startingWith(first.value, chunks), { objectMode: false });
    // The callback's error also ends the iteration below.
    const bytes = isGzip(first.value) ? pipeline(all, createGunzip({ chunkSize: CHUNK }), () => undefined) : all;
    for await (const chunk of bytes) yield chunk as Buffer;
  } finally {
    // Whoever stops in the middle must not leave a file open, or a connection busy.
    source.destroy();
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Tells gzip by its first bytes, whatever the file is called. */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Why a file could not be read, for people. */
export function reasonOf(error: unknown): string {
  // Not by class: Node's errors may be of another realm, as they are in Jest.
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  switch (code) {
    case "Z_BUF_ERROR":
      return "truncated gzip";
    case "Z_DATA_ERROR":
      return "damaged gzip";
    case "ENOENT":
      return "no such file or folder";
    case "EACCES":
    case "EPERM":
      return "no permission to read it";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
