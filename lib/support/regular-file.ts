import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";

/** The path is not a regular file, or the file is too large. */
export class IrregularFileError extends Error {
  override readonly name = "IrregularFileError";

  /** `what`: what was found, in words: `a device`, `larger than 4 MB`. */
  constructor(
    path: string,
    readonly what: string,
  ) {
    super(`'${path}' must be a regular file, got ${what}`);
  }
}

/** No text that Trailwatch reads in one piece is longer; V8 cannot hold a text of 512 MB. */
const MAX_BYTES = 500 * 1024 * 1024;
const CHUNK = 64 * 1024;

/** The type of a path that is neither a regular file nor a folder; undefined for these two. */
export function irregularity(stats: Stats): string | undefined {
  if (stats.isFIFO()) return "a named pipe (FIFO)";
  if (stats.isSocket()) return "a socket";
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return "a device";
  return undefined;
}

/**
 * The text of a regular file in UTF-8; links are followed. Nothing else is opened: a pipe waits for its other end, and
 * a device may have no end.
 *
 * @param maxBytes the largest size that is read, in bytes; 500 MB unless given
 * @throws IrregularFileError for a pipe, a socket, a device, or a larger file
 * @throws Error with the system's `code` when the file cannot be read: EISDIR for a folder
 */
export function readRegularFile(path: string, maxBytes = MAX_BYTES): string {
  return readRegularBytes(path, maxBytes).toString("utf8");
}

/** The same in bytes, for callers that check whether they are text. */
export function readRegularBytes(path: string, maxBytes = MAX_BYTES): Buffer {
  requireRegular(path, statSync(path), maxBytes);
  // If a pipe takes its place in between, this does not block.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    requireRegular(path, fstatSync(descriptor), maxBytes);
    return contentOf(path, descriptor, maxBytes);
  } finally {
    closeSync(descriptor);
  }
}

function requireRegular(path: string, stats: Stats, maxBytes: number): void {
  const what = irregularity(stats);
  if (what !== undefined) throw new IrregularFileError(path, what);
  if (stats.size > maxBytes) throw tooLarge(path, maxBytes);
}

/** Reads to the end, whatever size was reported: files in /proc report 0, and others grow. */
function contentOf(path: string, descriptor: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const read = readSync(descriptor, chunk);
    if (read === 0) return Buffer.concat(chunks, total);
    chunks.push(chunk.subarray(0, read));
    total += read;
    if (total > maxBytes) throw tooLarge(path, maxBytes);
  }
}

function tooLarge(path: string, maxBytes: number): IrregularFileError {
  return new IrregularFileError(path, `larger than ${maxBytes / (1024 * 1024)} MB`);
}
