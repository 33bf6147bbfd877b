import { opensInPlace, runsIntoNextLine } from "./next-line";
import { endOfText, skipBlanks } from "./record-outline";

/**
 * Keys of the lists that contain records, or individually wrapped records: CloudTrail's files, `lookup-events`,
 * `filter-log-events` and `get-log-events`, subscriptions, results of Logs Insights, and messages of queues.
 */
export const LISTS = ["Records", "records", "Events", "events", "logEvents", "results", "Messages", "Entries"] as const;

const LIST_KEYS: ReadonlySet<string> = new Set(LISTS);
const LONGEST = Math.max(...LISTS.map((key) => key.length));

/**
 * The key of a list of records and the position after its opening bracket; or the position after an object without one.
 */
export type Found = { readonly key: string; readonly list: number } | { readonly end: number };

/** The object was cut off, and another line has begun. */
export const CUT_OFF = "cut off";

/**
 * Searches an object, from `from` within it, for a list of records; undefined when neither a list nor the end has
 * arrived yet.
 */
export function findList(bytes: Buffer, from: number): Found | typeof CUT_OFF | undefined {
  let depth = 1;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) {
      const end = endOfText(bytes, at);
      if (end < 0) return undefined;
      if (runsIntoNextLine(bytes, at + 1, end - 1)) return CUT_OFF;
      const colon = skipBlanks(bytes, end);
      if (depth === 1 && bytes[colon] === 0x3a && end - at - 2 <= LONGEST) {
        const key = bytes.toString("latin1", at + 1, end - 1);
        const value = skipBlanks(bytes, colon + 1);
        if (bytes[value] === 0x5b && LIST_KEYS.has(key)) return { key, list: value + 1 };
      }
      at = end - 1;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (!opensInPlace(bytes, at)) return CUT_OFF;
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) return { end: at + 1 };
    }
  }
  return undefined;
}
