import { pipeline, Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { parseRecord, type CloudTrailRecord } from "./cloudtrail-record";
import type { RecordFile } from "./record-file";
import { RecordError, RecordSplitter } from "./record-splitter";

/** What is unpacked at a time: most of CloudTrail's files are one chunk. */
const CHUNK = 256 * 1024;

/**
 * The records of a file, packed with gzip or not, a chunk's at a time. Records ahead of what cannot be read are given.
 *
 * @throws RecordError with the reason why the file, or the rest of it, cannot be read
 */
export async function* readRecords(file: RecordFile): AsyncGenerator<readonly CloudTrailRecord[]> {
  const splitter = new RecordSplitter();
  const decoder = new StringDecoder("utf8");
  try {
    for await (const chunk of unpacked(file.open())) {
      const texts = splitter.write(decoder.write(chunk));
      yield* parsed(texts);
    }
    yield* parsed(splitter.end());
  } catch (error) {
    throw error instanceof RecordError ? error : new RecordError(reasonOf(error), { cause: error });
  }
}

/** Records one by one, so that those ahead of a bad one count. */
function* parsed(texts: readonly string[]): Generator<readonly CloudTrailRecord[]> {
  const records: CloudTrailRecord[] = [];
  try {
    for (const text of texts) records.push(parseRecord(text));
  } finally {
    if (records.length > 0) yield records;
  }
}

/** Tells gzip by its first bytes, whatever the file is called. */
async function* unpacked(source: Readable): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done === true) return;
  const all = Readable.from(startingWith(first.value, chunks), { objectMode: false });
  // The callback's error also ends the iteration below.
  const bytes = isGzip(first.value) ? pipeline(all, createGunzip({ chunkSize: CHUNK }), () => undefined) : all;
  for await (const chunk of bytes) yield chunk as Buffer;
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function reasonOf(error: unknown): string {
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
