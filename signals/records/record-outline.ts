import { opensInPlace, runsIntoNextLine } from "./next-line";
import type { NotableText } from "./notable-text";

const QUOTE = 0x22;
const SLASH = 0x2f;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** The fields that decide how a record is evaluated, by their number in an outline. */
export const FIELD = { time: 0, name: 1, id: 2, account: 3, region: 4 } as const;
export type OutlineField = (typeof FIELD)[keyof typeof FIELD];

const KEYS = ["eventTime", "eventName", "eventID", "recipientAccountId", "awsRegion"].map((key) => Buffer.from(key));
/** The key of EventBridge's envelope: the record is inside, and its fields are not at the usual place. */
const DETAIL = Buffer.from("detail");
/** Excludes most other keys by their length alone. */
const IS_KEY_LENGTH = Array.from({ length: 20 }, (_, length) => [...KEYS, DETAIL].some((key) => key.length === length));
const NONE = -1;

/**
 * The end of one record, and the positions of the deciding fields in its bytes. They are found in one pass, several
 * times as fast as parsing. One outline is reused for all records.
 */
export class RecordOutline {
  start = 0;
  /** The position after the record's last byte. */
  end = 0;
  /** Whether it was cut off, and another line has begun at `end`: JSON never continues like that. */
  isCutOff = false;
  /**
   * Whether the outline is complete. Otherwise the record must be parsed: a field is missing, repeated, escaped or not
   * text.
   */
  isPlain = true;
  /** Whether a string in it may contain one of the literals. */
  isNotable = false;
  private readonly froms = new Int32Array(KEYS.length);
  private readonly tos = new Int32Array(KEYS.length);

  constructor(private readonly notable?: NotableText) {}

  from(field: OutlineField): number {
    return this.froms[field] ?? NONE;
  }

  to(field: OutlineField): number {
    return this.tos[field] ?? NONE;
  }

  /** Scans the object that opens at `start`; false when its end has not arrived yet, or it is cut off. */
  read(bytes: Buffer, start: number): boolean {
    this.start = start;
    this.isCutOff = false;
    this.isPlain = true;
    this.isNotable = false;
    this.froms.fill(NONE);
    const { length } = bytes;
    const { notable } = this;
    let depth = 1;
    let field = NONE;
    for (let at = start + 1; at < length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        const from = at + 1;
        let isEscaped = false;
        for (at = from; at < length; at += 1) {
          const inner = bytes[at];
          if (inner === QUOTE) break;
          if (inner !== BACKSLASH) continue;
          isEscaped = true;
          at += 1;
          // The other escapes are quotes, backslashes and control characters, which no literal contains.
          if (bytes[at] === LETTER_U || bytes[at] === SLASH) this.isNotable = true;
        }
        if (runsIntoNextLine(bytes, from, at)) return this.cutOff(at);
        if (notable !== undefined && notable.mayBe(bytes, from, at)) this.isNotable = true;
        if (depth > 1) continue;
        if (isEscaped && (field !== NONE || isKey(bytes, at))) this.isPlain = false;
        if (field === NONE) {
          field = this.fieldAt(bytes, from, at);
        } else {
          this.froms[field] = from;
          this.tos[field] = at;
          field = NONE;
        }
      } else if (byte === 0x7b || byte === 0x5b) {
        depth += 1;
        if (bytes[at - 1] === COLON) continue;
        if (!opensInPlace(bytes, at)) return this.cutOff(at);
        // Behind a comma that ends a line, the record must be parsed.
        if (bytes[at - 1] === LINE_FEED) this.isPlain = false;
      } else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth > 0) continue;
        this.end = at + 1;
        if (this.froms.includes(NONE)) this.isPlain = false;
        return true;
      }
    }
    return false;
  }

  /** Takes a JSON text that opens at `start`: its content must be parsed. False as in `read`. */
  readText(bytes: Buffer, start: number): boolean {
    this.isCutOff = false;
    const end = endOfText(bytes, start);
    if (end === NONE) return false;
    this.start = start;
    this.end = end;
    this.isPlain = false;
    this.froms.fill(NONE);
    this.isCutOff = runsIntoNextLine(bytes, start + 1, end - 1);
    return !this.isCutOff;
  }

  private cutOff(end: number): false {
    this.end = end;
    this.isCutOff = true;
    return false;
  }

  /** The field whose key is here and whose text follows. */
  private fieldAt(bytes: Buffer, from: number, to: number): number {
    if (!IS_KEY_LENGTH[to - from]) return NONE;
    const field = KEYS.findIndex((key) => isText(bytes, from, to, key));
    if ((field === NONE && !isText(bytes, from, to, DETAIL)) || !isKey(bytes, to)) return NONE;
    const value = skipBlanks(bytes, skipBlanks(bytes, to + 1) + 1);
    if (bytes[value] === QUOTE && this.froms[field] === NONE) return field;
    this.isPlain = false;
    return NONE;
  }
}

/** Whether a string whose closing quote is here is a key. */
function isKey(bytes: Buffer, quote: number): boolean {
  return bytes[skipBlanks(bytes, quote + 1)] === COLON;
}

function isText(bytes: Buffer, from: number, to: number, text: Buffer): boolean {
  if (to - from !== text.length) return false;
  for (let at = 0; at < text.length; at += 1) if (bytes[from + at] !== text[at]) return false;
  return true;
}

/** The position after the closing quote of the text that opens at `start`; -1 when it has not arrived yet. */
export function endOfText(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] === BACKSLASH) at += 1;
  }
  return NONE;
}

export function skipBlanks(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at])
    at += 1;
  return at;
}
