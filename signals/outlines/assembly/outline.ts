/**
 * AssemblyScript, compiled by `npm run wasm` to WebAssembly with 128-bit instructions: outlines all records of an unpacked
 * file of CloudTrail in one call, as `RecordOutline` does one by one. Whatever it does not expect ends the outline, and
 * the file is read by `RecordSplitter`. It relies on a file without line feeds.
 */
import { hashEvent, high, low } from "./event-key";
import { DETAIL, endOf, FIELDS, fieldOf, NONE, setField, startOf } from "./fields";
import { isName, isWantedRegion, mayContain, NAME_PIECES, PIECES } from "./search";

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const COLON: u8 = 0x3a;
const COMMA: u8 = 0x2c;
const BRACKET: u8 = 0x5b;
const BRACE: u8 = 0x7b;

/** Bits of an outline. */
const IS_PLAIN: u32 = 1;
/** It must be parsed: it may match a pattern. */
const MAY_MEET: u32 = 2;
/** It must be parsed if its name has the form of a name that may match. */
const MAY_FIT: u32 = 4;

const OUTLINE_BYTES: usize = 64;
/** A record that nests deeper may overflow the stack when it is evaluated. */
const MAX_DEPTH: i32 = 64;

/** Where the last scan ended. */
export let stop: usize = 0;

/** Writes the outlines of at most `max` records from `start` on, and returns their number. */
export function outline(start: usize, end: usize, out: usize, max: i32): i32 {
  let count: i32 = 0;
  for (stop = start; count < max; count++) {
    stop = skipGap(stop, end);
    if (stop >= end || load<u8>(stop) != BRACE) break;
    const from = stop;
    const flags = read(from, end);
    if (stop == from) break;
    write(out, <u32>from, flags);
    out += OUTLINE_BYTES;
  }
  return count;
}

function write(out: usize, from: u32, flags: u32): void {
  store<u32>(out, from);
  store<u32>(out, <u32>stop, 4);
  store<u32>(out, flags, 8);
  if ((flags & IS_PLAIN) == 0) return;
  hashEvent();
  store<u32>(out, high, 12);
  store<u32>(out, low, 16);
  for (let field: i32 = 0; field < FIELDS; field++) {
    store<u32>(out + ((<usize>field) << 3), startOf(field), 20);
    store<u32>(out + ((<usize>field) << 3), endOf(field), 24);
  }
}

/** Reads the object at `start`, and sets `stop` to its end; to `start` if it is for the other way. Returns its bits. */
function read(start: usize, end: usize): u32 {
  for (let field: i32 = 0; field < FIELDS; field++) setField(field, 0, 0);
  stop = start;
  let depth: i32 = 1;
  let field = NONE;
  let plain = true;
  let notable = false;
  for (let at = start + 1; at < end; at++) {
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      const from = at + 1;
      at = endOfText(from, end);
      if (at >= end) return 0;
      if (!notable) notable = hasLetterEscape || mayContain(PIECES, from, at);
      if (depth > 1) continue;
      if (hasEscape && (field != NONE || isKey(at))) plain = false;
      if (field != NONE) {
        setField(field, <u32>from, <u32>at);
        field = NONE;
        continue;
      }
      const found = fieldOf(from, <i32>(at - from));
      if (found == NONE || !isKey(at)) continue;
      const isText = load<u8>(skipBlanks(skipBlanks(at + 1) + 1)) == QUOTE;
      if (found != DETAIL && isText && startOf(found) == 0) field = found;
      else plain = false;
    } else if (byte == BRACE || byte == BRACKET) {
      if (++depth > MAX_DEPTH || !opensInPlace(at)) return 0;
    } else if (byte == 0x7d || byte == 0x5d) {
      if (--depth > 0) continue;
      // An object without a time may hold a list of records.
      if (startOf(0) == 0) return 0;
      for (let each: i32 = 1; each < FIELDS; each++) if (startOf(each) == 0) plain = false;
      stop = at + 1;
      if (!plain) return MAY_MEET;
      const name = startOf(1);
      if (notable || isName(name, endOf(1)) || isWantedRegion(startOf(4), endOf(4))) return IS_PLAIN | MAY_MEET;
      return IS_PLAIN | (mayContain(NAME_PIECES, name, endOf(1)) ? MAY_FIT : 0);
    }
  }
  return 0;
}

/** Whether the text that `endOfText` passed last has an escape, and one that may stand for any letter. */
let hasEscape: bool = false;
let hasLetterEscape: bool = false;

/** The position of the closing quote, or one that is not before `end`. */
function endOfText(from: usize, end: usize): usize {
  hasEscape = false;
  hasLetterEscape = false;
  for (let at = from; at < end;) {
    const bytes = v128.load(at);
    const quotes = i8x16.eq(bytes, i8x16.splat(QUOTE));
    const found = i8x16.bitmask(v128.or(quotes, i8x16.eq(bytes, i8x16.splat(BACKSLASH))));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(found);
    if (load<u8>(at) == QUOTE) return at;
    hasEscape = true;
    const escaped = load<u8>(at, 1);
    if (escaped == 0x75 || escaped == 0x2f) hasLetterEscape = true;
    at += 2;
  }
  return end;
}

/** Whether JSON allows an object or a list here: after a colon, a comma or a bracket. */
function opensInPlace(at: usize): bool {
  let before = at - 1;
  while (isBlank(load<u8>(before))) before--;
  const byte = load<u8>(before);
  return byte == COLON || byte == COMMA || byte == BRACKET;
}

function isKey(quote: usize): bool {
  return load<u8>(skipBlanks(quote + 1)) == COLON;
}

function skipGap(from: usize, end: usize): usize {
  let at = skipBlanks(from);
  while (at < end && load<u8>(at) == COMMA) at = skipBlanks(at + 1);
  return at;
}

function skipBlanks(from: usize): usize {
  let at = from;
  while (isBlank(load<u8>(at))) at++;
  return at;
}

/** Without line feeds, as there are none. */
function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x0d || byte == 0x09;
}
