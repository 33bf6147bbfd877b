import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { formOf, HEAD_BYTES } from "./content-form";

/** Larger files are read a chunk at a time. CloudTrail's own are a few megabytes at most. */
const MAX_PACKED = 8 * 1024 * 1024;
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Most of CloudTrail's files fit in one such piece; a small one costs least where they are many. */
const PIECE = 128 * 1024;

/**
 * What a small file on this machine holds, unpacked: in one go, as a stream costs more than a small file's content.
 * Undefined when it is large, in another form, or cannot be read to its end: a chunk at a time, more of it may be found.
 */
export function readWhole(path: string, bytes: number): Buffer | undefined {
  if (bytes === 0 || bytes > MAX_PACKED) return undefined;
  try {
    const content = readFileSync(path);
    if (formOf(content.subarray(0, HEAD_BYTES)) !== "gzip") return isText(content) ? content : undefined;
    const unpacked = gunzipSync(content, { chunkSize: PIECE, maxOutputLength: MAX_UNPACKED });
    return isText(unpacked) ? unpacked : undefined;
  } catch {
    return undefined;
  }
}

function isText(content: Buffer): boolean {
  return formOf(content.subarray(0, HEAD_BYTES)) === undefined;
}
