import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { isGzip } from "./read-chunks";

/** Larger files are read a chunk at a time. CloudTrail's own are a few megabytes at most. */
const MAX_PACKED = 8 * 1024 * 1024;
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Most of CloudTrail's files fit in one such piece; a small one costs least where they are many. */
const PIECE = 128 * 1024;

/**
 * What a small file on this machine holds, unpacked: in one go, as a stream costs more than a small file's content.
 * Undefined when it is large or cannot be read to its end: a chunk at a time, more of it may be found.
 */
export function readWhole(path: string, bytes: number): Buffer | undefined {
  if (bytes === 0 || bytes > MAX_PACKED) return undefined;
  try {
    const content = readFileSync(path);
    return isGzip(content) ? gunzipSync(content, { chunkSize: PIECE, maxOutputLength: MAX_UNPACKED }) : content;
  } catch {
    return undefined;
  }
}
