import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { formOf, HEAD_BYTES } from "./content-form";

/** Larger files are read in chunks. CloudTrail's own are a few megabytes at most. */
const MAX_PACKED = 8 * 1024 * 1024;
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Most CloudTrail files fit in one such buffer; a small one costs least for many files. */
const PIECE = 128 * 1024;

/**
 * The unpacked content of a small file on this machine, read at once, because a stream costs more than the content of a
 * small file. Undefined when the file is large, in another form, or cannot be read to its end: reading in chunks may
 * find more of it.
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
