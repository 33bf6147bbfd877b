import { gunzipSync } from "node:zlib";

/** How gzip, and an object in JSON, start in base64. */
const STARTS = ["H4sI", "eyJ"] as const;
/** No record is longer, nor are the few that one message holds. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Whether a text is gzip or JSON in base64, as streams hold it. */
export function isBase64(text: string): boolean {
  return STARTS.some((start) => text.startsWith(start));
}

/** What it says, unpacked; undefined when it is none, or damaged. */
export function fromBase64(text: string): string | undefined {
  if (!isBase64(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  try {
    return (text.startsWith(STARTS[0]) ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString("utf8");
  } catch {
    return undefined;
  }
}
