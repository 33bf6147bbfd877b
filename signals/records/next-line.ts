/** What a line starts with that holds a record, a list of some, or either as a text; or the time ahead of a message. */
const OPENING = /^(?:"?[{[]|\d{4}-\d\d-\d\dT\d\d:\d\d)/;
/** Enough bytes to decide. */
const LOOKAHEAD = 16;
/** So does a file that follows another one without a line feed, as `zcat` has them. JSON within texts has its quotes escaped. */
const NEXT_FILE = Buffer.from('{"Records":[');

const LINE_FEED = 0x0a;
const COLON = 0x3a;
const COMMA = 0x2c;
const BRACKET = 0x5b;

/** What of a buffer's end may be the start of something that is looked for. */
const UNDECIDED = LOOKAHEAD + NEXT_FILE.length;

/** Looks for the next place where records may go on, behind what is broken, over as many chunks as that takes. */
export class NextStartSearch {
  isOn = false;
  /** Bytes that were passed over so far. */
  passed = 0;

  /** Looks from `at` on: the place that was found, and else where to look once there is more. */
  from(bytes: Buffer, at: number, isComplete: boolean): number {
    const start = nextStart(bytes, at);
    this.isOn = start < 0 || (!isComplete && bytes.length - start < UNDECIDED);
    if (!this.isOn) return start;
    const next = isComplete ? bytes.length : Math.max(at, bytes.length - UNDECIDED);
    this.passed += next - at;
    return next;
  }
}

/** Where records may go on behind what is broken, from `from` on: the next line that looks like some. -1: not in these bytes. */
export function nextStart(bytes: Buffer, from: number): number {
  const file = bytes.indexOf(NEXT_FILE, from);
  for (let end = bytes.indexOf(LINE_FEED, from); end >= 0; end = bytes.indexOf(LINE_FEED, end + 1)) {
    if (file >= 0 && file <= end) return file;
    if (OPENING.test(bytes.toString("latin1", end + 1, end + 1 + LOOKAHEAD))) return end + 1;
  }
  return file;
}

/**
 * Whether JSON has an object or a list here: behind a colon, a comma or a bracket. Else a line before was cut off. That
 * is also the case behind a colon when a line starts here: whatever indents JSON does not break it there.
 */
export function opensInPlace(bytes: Buffer, at: number): boolean {
  let before = at - 1;
  for (let byte = bytes[before]; byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;) {
    before -= 1;
    byte = bytes[before];
  }
  if (bytes[before] === COLON) return bytes[at - 1] !== LINE_FEED;
  return bytes[before] === COMMA || bytes[before] === BRACKET;
}

/** What stands ahead of a text in JSON, or ends a line: the last of a text that took the start of another for its end. */
const AHEAD_OF_TEXT = Uint8Array.from({ length: 256 }, (_, byte) => Number(Buffer.from("{[,: \t\n").includes(byte)));

/**
 * Whether a text continues in the next line, up to that line's quote. If so, it was cut off: JSON escapes line feeds.
 */
export function runsIntoNextLine(bytes: Buffer, from: number, quote: number): boolean {
  if (AHEAD_OF_TEXT[bytes[quote - 1] ?? 0] !== 1) return false;
  for (let at = quote - 1; at >= from; at -= 1) if (bytes[at] === LINE_FEED) return true;
  return false;
}
