/**
 * AssemblyScript, compiled by `npm run wasm` to WebAssembly with 128-bit instructions: outlines all records of an unpacked
 * file of CloudTrail in one call, as `RecordOutline` does one by one. Whatever it does not expect ends the outline, and
 * the file is read by `RecordSplitter`. It relies on a file without line feeds.
 */
import { hashEvent, high, low } from "./event-key";
import { DETAIL, endOf, FIELDS, fieldOf, NONE, setField, startOf } from "./fields";
import { groupsIn, groupsOfName, HINTS, isWantedRegion, NAME_PIECES, PIECES, SUFFICES } from "./search";
import { secondsAt } from "./event-time";
import {
  endOfText,
  endOfWord,
  hasEscape,
  hasLetterEscape,
  hasUnusualNumber,
  QUOTE,
  resetUnusualNumber,
} from "./tokens";

const COLON_SIGN: u8 = 0x3a;
const COMMA: u8 = 0x2c;
const BRACKET: u8 = 0x5b;
const BRACKET_END: u8 = 0x5d;
const BRACE: u8 = 0x7b;
const BRACE_END: u8 = 0x7d;

/** Bits of an outline. */
const IS_PLAIN: u32 = 1;
/** It must be parsed: it may match a pattern. */
const MAY_MEET: u32 = 2;
/** It must be parsed if its name has the form of a name that may match. */
const MAY_FIT: u32 = 4;
/** It may hold a number that JavaScript writes differently. */
const HAS_UNUSUAL_NUMBER: u32 = 8;

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
    if (flags == 0) {
      stop = from;
      break;
    }
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
  store<u32>(out, secondsAt(startOf(0), endOf(0)), 60);
}

/** What may come next, beside blanks. */
const KEY_OR_END: i32 = 0;
const KEY: i32 = 1;
const COLON: i32 = 2;
const VALUE_OR_END: i32 = 3;
const VALUE: i32 = 4;
const NEXT_OR_END: i32 = 5;

/**
 * Reads the object at `start`, sets `stop` to its end, and returns its bits; 0 if it is for the other way, as is
 * everything that is not JSON.
 */
function read(start: usize, end: usize): u32 {
  for (let field: i32 = 0; field < FIELDS; field++) setField(field, 0, 0);
  resetUnusualNumber();
  let depth: i32 = 1;
  /** A bit for each depth, the lowest for the innermost one: 1 for an object, 0 for a list. */
  let objects: u64 = 1;
  let next = KEY_OR_END;
  let field = NONE;
  let plain = true;
  let notable = false;
  for (let at = start + 1; at < end; at++) {
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      const from = at + 1;
      at = endOfText(from, end);
      if (at == 0) return 0;
      if (!notable) notable = hasLetterEscape || groupsIn(PIECES, from, at) != 0;
      if (next == VALUE || next == VALUE_OR_END) {
        next = NEXT_OR_END;
        if (field == NONE) continue;
        if (hasEscape) plain = false;
        setField(field, <u32>from, <u32>at);
        field = NONE;
      } else if (next == KEY || next == KEY_OR_END) {
        next = COLON;
        if (depth > 1) continue;
        field = fieldOf(from, <i32>(at - from));
        if (hasEscape || field == DETAIL || (field != NONE && startOf(field) != 0)) plain = false;
        if (field == DETAIL) field = NONE;
      } else return 0;
    } else if (byte == COLON_SIGN) {
      if (next != COLON) return 0;
      next = VALUE;
    } else if (byte == COMMA) {
      if (next != NEXT_OR_END) return 0;
      next = (objects & 1) != 0 ? KEY : VALUE;
    } else if (byte == BRACE || byte == BRACKET) {
      if (++depth > MAX_DEPTH || (next != VALUE && next != VALUE_OR_END)) return 0;
      if (field != NONE) plain = false;
      field = NONE;
      objects = (objects << 1) | (byte == BRACE ? 1 : 0);
      next = byte == BRACE ? KEY_OR_END : VALUE_OR_END;
    } else if (byte == BRACE_END || byte == BRACKET_END) {
      const isObject = byte == BRACE_END;
      if (((objects & 1) != 0) != isObject) return 0;
      if (next != NEXT_OR_END && next != (isObject ? KEY_OR_END : VALUE_OR_END)) return 0;
      objects >>= 1;
      next = NEXT_OR_END;
      if (--depth > 0) continue;
      stop = at + 1;
      const flags = flagsOf(plain, notable, start);
      return flags != 0 && hasUnusualNumber ? flags | HAS_UNUSUAL_NUMBER : flags;
    } else if (!isBlank(byte)) {
      if (next != VALUE && next != VALUE_OR_END) return 0;
      if (field != NONE) plain = false;
      field = NONE;
      at = endOfWord(at) - 1;
      if (at >= end) return 0;
      next = NEXT_OR_END;
    }
  }
  return 0;
}

/** The bits of a record that has been read, from `start` to `stop`. */
function flagsOf(isPlain: bool, isNotable: bool, start: usize): u32 {
  // An object without a time may hold a list of records.
  if (startOf(0) == 0) return 0;
  for (let each: i32 = 1; each < FIELDS; each++) if (startOf(each) == 0) return MAY_MEET;
  if (!isPlain) return MAY_MEET;
  const name = groupsOfName(startOf(1), endOf(1));
  if (isNotable || (name & SUFFICES) != 0 || isWantedRegion(startOf(4), endOf(4))) return IS_PLAIN | MAY_MEET;
  const form = groupsIn(NAME_PIECES, startOf(1), endOf(1));
  const hints = SUFFICES | (((name | form) & ~SUFFICES) != 0 ? hintsIn(start) : 0);
  if ((name & hints) != 0) return IS_PLAIN | MAY_MEET;
  return IS_PLAIN | ((form & hints) != 0 ? MAY_FIT : 0);
}

/** The groups of the hints in the record that has been read. */
function hintsIn(start: usize): u32 {
  let groups: u32 = 0;
  for (let at = start; at < stop; at++) {
    if (load<u8>(at) != QUOTE) continue;
    const from = at + 1;
    at = endOfText(from, stop);
    groups |= groupsIn(HINTS, from, at);
  }
  return groups;
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
