import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";

/** A path that is no regular file, or a larger one than it may be. The message is the reason, for people. */
export class IrregularFileError extends Error {
  override readonly name = "IrregularFileError";
}

/** What a path is when it is neither a regular file nor a folder; undefined for these two. */
export function irregularity(stats: Stats): string | undefined {
  if (stats.isFIFO()) return "a named pipe (FIFO)";
  if (stats.isSocket()) return "a socket";
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return "a device";
  return undefined;
}

/**
 * The size of a regular file, in bytes, through links. Nothing is opened: opening a pipe waits for its other end.
 *
 * @throws IrregularFileError for a folder, a pipe, a socket or a device
 * @throws Error with the system's `code` when there is no such file
 */
export function sizeOfRegularFile(path: string): number {
  return checkedSize(statSync(path));
}

/**
 * The text of a regular file, through links.
 *
 * @param maxBytes the largest size that is read, in bytes
 * @throws IrregularFileError for a folder, a pipe, a socket, a device, or a larger file
 * @throws Error with the system's `code` when the file cannot be read
 */
export function readRegularFile(path: string, maxBytes: number): string {
  sizeOfRegularFile(path);
  // Should it be replaced by a pipe in between, this does not wait.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const size = checkedSize(fstatSync(descriptor));
    if (size > maxBytes) throw new IrregularFileError(`larger than ${sizeText(maxBytes)}`);
    return contentOf(descriptor, size, maxBytes).toString("utf8");
  } finally {
    closeSync(descriptor);
  }
}

function checkedSize(stats: Stats): number {
  const what = stats.isDirectory() ? "a folder" : irregularity(stats);
  if (what !== undefined) throw new IrregularFileError(`${what}, where a regular file is needed`);
  return stats.size;
}

/** To its end, whatever its size was said to be: files of /proc have none, and others grow. */
function contentOf(descriptor: number, size: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(size - total + 1, 4096));
    const read = readSync(descriptor, chunk);
    if (read === 0) return Buffer.concat(chunks, total);
    chunks.push(chunk.subarray(0, read));
    total += read;
    if (total > maxBytes) throw new IrregularFileError(`larger than ${sizeText(maxBytes)}`);
  }
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MB` : `${bytes} bytes`;
}
