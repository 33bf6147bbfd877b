import { skipBlanks } from "./record-outline";

/** Enough bytes to distinguish the start of a part from anything else, blanks included. */
export const LOOKAHEAD = 256;

const RECORDS = Buffer.from('"Records"');
/** What log exports and `aws logs tail` write before a message: its time, and possibly its stream. */
const LINE_HEAD =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?[ \t]+(?:(?!\d{4}-\d\d-)[^\s{}[\]",]+[ \t]+)?(?=[{["])/;
const SCALAR = /^(?:null|true|false|-?\d[\d.eE+-]*)$/;
/** The end of a list whose records were read line by line because one of them was cut off. */
const CLOSING = /^[\]}][\]}\s,]*$/;

/** Skips blanks and commas. */
export function skipGap(bytes: Buffer, from: number): number {
  let at = skipBlanks(bytes, from);
  while (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1);
  return at;
}

/** The position after `{"Records":[`; undefined when there is something else. */
export function endOfOpening(bytes: Buffer, brace: number): number | undefined {
  const key = skipBlanks(bytes, brace + 1);
  if (bytes.compare(RECORDS, 0, RECORDS.length, key, Math.min(key + RECORDS.length, bytes.length)) !== 0)
    return undefined;
  const colon = skipBlanks(bytes, key + RECORDS.length);
  const list = skipBlanks(bytes, colon + 1);
  return bytes[colon] === 0x3a && bytes[list] === 0x5b ? list + 1 : undefined;
}

/** Whether a text contains JSON, like the texts of `--query 'Events[].CloudTrailEvent'`. */
export function opensJson(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x7b || bytes[at] === 0x5b;
}

/** The length of the time before a message; 0 when there is none. */
export function lineHeadLength(bytes: Buffer, at: number): number {
  const [head = ""] = LINE_HEAD.exec(bytes.toString("latin1", at, at + LOOKAHEAD)) ?? [];
  return head.length;
}

/** Whether a line consists of nothing but the ends of lists and objects. */
export function isClosingLine(line: string): boolean {
  return CLOSING.test(line);
}

/** The text up to the next separator, and whether it is a value that is neither a text, a list nor an object. */
export function elementAt(bytes: Buffer, at: number): { readonly text: string; readonly isScalar: boolean } {
  const text = bytes.toString("utf8", at, at + 40).split(/[,\]}\s]/, 1)[0] ?? "";
  return { text, isScalar: SCALAR.test(text) };
}
