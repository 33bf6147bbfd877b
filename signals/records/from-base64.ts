import { gunzipSync } from "node:zlib";

/** The start of gzip, and of a JSON object, in base64. */
const STARTS = ["H4sI", "eyJ"] as const;
/** Longer than any record, and than the few records in one message. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Whether a text is gzip or JSON in base64, as in streams. */
export function isBase64(text: string): boolean {
  return STARTS.some((start) => text.startsWith(start));
}

/** The decoded and unpacked text; undefined when it is neither, or damaged. */
export function fromBase64(text: string): string | undefined {
  if (!isBase64(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  try {
    return (text.startsWith(STARTS[0]) ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString("utf8");
  } catch {
    return undefined;
  }
}
