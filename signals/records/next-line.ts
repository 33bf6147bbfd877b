/** The start of a line that contains a record, a list of records, or either as a text; or the time before a message. */
const OPENING = /^(?:"?[{[]|\d{4}-\d\d-\d\dT\d\d:\d\d)/;
/** Enough bytes to decide. */
const LOOKAHEAD = 16;
/**
 * The same start can follow another file without a line feed, as in the output of `zcat`. JSON within texts has escaped
 * quotes.
 */
const NEXT_FILE = Buffer.from('{"Records":[');

const LINE_FEED = 0x0a;
const COLON = 0x3a;
const COMMA = 0x2c;
const BRACKET = 0x5b;

/** The end of a buffer that may be the start of a searched text. */
const UNDECIDED = LOOKAHEAD + NEXT_FILE.length;

/** Searches for the next place where records may continue after a broken part, across as many chunks as necessary. */
export class NextStartSearch {
  isOn = false;
  /** Bytes skipped so far. */
  passed = 0;

  /** Searches from `at` on. Returns the place, or where to continue when more bytes have arrived. */
  from(bytes: Buffer, at: number, isComplete: boolean): number {
    const start = nextStart(bytes, at);
    this.isOn = start < 0 || (!isComplete && bytes.length - start < UNDECIDED);
    if (!this.isOn) return start;
    const next = isComplete ? bytes.length : Math.max(at, bytes.length - UNDECIDED);
    this.passed += next - at;
    return next;
  }
}

/**
 * Where records may continue after a broken part, from `from` on: the next line that looks like a record. -1: not in
 * these bytes.
 */
export function nextStart(bytes: Buffer, from: number): number {
  const file = bytes.indexOf(NEXT_FILE, from);
  for (let end = bytes.indexOf(LINE_FEED, from); end >= 0; end = bytes.indexOf(LINE_FEED, end + 1)) {
    if (file >= 0 && file <= end) return file;
    if (OPENING.test(bytes.toString("latin1", end + 1, end + 1 + LOOKAHEAD))) return end + 1;
  }
  return file;
}

/**
 * Whether JSON allows an object or a list here: after a colon, a comma or a bracket. Otherwise an earlier line was cut
 * off. That is also the case after a colon when a line starts here: no formatter breaks lines there.
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

/**
 * Bytes before a text in JSON, or at the end of a line. Before a closing quote, they mean that a text that was cut off
 * took the start of another text for its end.
 */
const AHEAD_OF_TEXT = Uint8Array.from({ length: 256 }, (_, byte) => Number(Buffer.from("{[,: \t\n").includes(byte)));

/**
 * Whether a text continues in the next line, up to that line's quote. If so, it was cut off: JSON escapes line feeds.
 */
export function runsIntoNextLine(bytes: Buffer, from: number, quote: number): boolean {
  if (AHEAD_OF_TEXT[bytes[quote - 1] ?? 0] !== 1) return false;
  for (let at = quote - 1; at >= from; at -= 1) if (bytes[at] === LINE_FEED) return true;
  return false;
}
