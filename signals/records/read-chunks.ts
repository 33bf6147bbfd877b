import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { expectedMessage } from "../../lib/support/failure";
import { formOf, HEAD_BYTES } from "./content-form";
import { RecordError } from "./record-error";
import type { RecordFile } from "./record-file";

/** Unpacked chunk size: most CloudTrail files are one chunk. */
const CHUNK = 256 * 1024;
/** The most levels of compression: two occur when a tool compresses a file that is compressed already. */
const MAX_PACKED = 4;

/** The content of a file as UTF-8, unpacked if it is gzip, one chunk at a time. */
export async function* readChunks(file: RecordFile): AsyncGenerator<Buffer> {
  const source = file.open();
  try {
    yield* decoded(source as AsyncIterable<Buffer>, MAX_PACKED);
  } finally {
    // A caller that stops in the middle must not leave a file open, or a connection busy.
    source.destroy();
  }
}

async function* decoded(source: AsyncIterable<Buffer>, packings: number): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const head = await headOf(chunks);
  const all = startingWith(head, chunks);
  const form = formOf(head);
  if (form === "gzip") {
    if (packings === 0) throw new RecordError(`packed with gzip more than ${MAX_PACKED} times`);
    yield* decoded(unpacked(all), packings - 1);
  } else if (form === undefined) {
    yield* all;
  } else {
    const decoder = new TextDecoder(form);
    for await (const chunk of all) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  }
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const all = Readable.from(chunks, { objectMode: false });
  // The callback's error also ends the iteration below.
  for await (const chunk of pipeline(all, createGunzip({ chunkSize: CHUNK }), () => undefined)) yield chunk as Buffer;
}

/** Enough of the start to detect the form: a stream's first chunk may be a single byte. */
async function headOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Node's error code, such as ENOENT; empty when there is none. */
export function codeOf(error: unknown): string {
  // Not by class: Node's errors may belong to another realm, as in Jest.
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** Why a file could not be read, for people. */
const REASONS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: "truncated gzip",
  Z_DATA_ERROR: "damaged gzip",
  ENOENT: "no such file or folder",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ELOOP: "a link that leads back to itself",
  ENOTDIR: "no such file or folder: a part of the path is a file",
  ENAMETOOLONG: "its path is longer than the system allows",
  EMFILE: "too many files are open: raise 'ulimit -n'",
  EIO: "the disk cannot read it (EIO)",
};

/** The message for a file that could not be read. A bug of ours is rethrown, because the file is not the cause. */
export function reasonOf(error: unknown): string {
  const reason = REASONS[codeOf(error)];
  if (reason !== undefined) return reason;
  // Text that is nested too deeply, or too long, overflows the stack or a string: the file is the cause.
  return error instanceof RangeError ? error.message : expectedMessage(error);
}
