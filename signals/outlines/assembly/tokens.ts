/** The ends of JSON's texts, numbers and words. Source: RFC 8259. */

export const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const MINUS: u8 = 0x2d;
const PLUS: u8 = 0x2b;
const POINT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const LEAST_IN_TEXT: u8 = 0x20;
/** Characters of an integer that JavaScript always writes in the same way. */
const MOST_USUAL: usize = 15;

/** Whether the text that `endOfText` passed last has an escape, and one that may stand for any letter. */
export let hasEscape: bool = false;
export let hasLetterEscape: bool = false;

/** The position of the closing quote; 0 without one before `end`, and for what JSON does not allow in a text. */
export function endOfText(from: usize, end: usize): usize {
  hasEscape = false;
  hasLetterEscape = false;
  for (let at = from; at < end;) {
    const bytes = v128.load(at);
    const marks = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
    const found = i8x16.bitmask(v128.or(marks, i8x16.lt_u(bytes, i8x16.splat(LEAST_IN_TEXT))));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(found);
    const byte = load<u8>(at);
    if (byte == QUOTE) return at < end ? at : 0;
    if (byte != BACKSLASH) return 0;
    hasEscape = true;
    at = endOfEscape(at);
    if (at == 0) return 0;
  }
  return 0;
}

/** The position after an escape; 0 for one that JSON does not have. */
function endOfEscape(at: usize): usize {
  switch (load<u8>(at, 1)) {
    case 0x75: // "u"
      hasLetterEscape = true;
      for (let digit: usize = 2; digit < 6; digit++) if (!isHexDigit(load<u8>(at + digit))) return 0;
      return at + 6;
    case 0x2f: // "/"
      hasLetterEscape = true;
      return at + 2;
    case 0x22: // '"', "\", "b", "f", "n", "r" and "t"
    case 0x5c:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return at + 2;
    default:
      return 0;
  }
}

/** The position after a number, `true`, `false` or `null`; 0 for anything else. */
export function endOfWord(at: usize): usize {
  switch (load<u8>(at)) {
    case 0x74: // "true"
      return load<u32>(at) == 0x65757274 ? at + 4 : 0;
    case 0x66: // "f", "alse"
      return load<u32>(at, 1) == 0x65736c61 ? at + 5 : 0;
    case 0x6e: // "null"
      return load<u32>(at) == 0x6c6c756e ? at + 4 : 0;
    default:
      return endOfNumber(at);
  }
}

/**
 * Whether a number that `endOfWord` passed may be one that JavaScript writes differently, as ../../../lib/patterns/json/parse-json.ts
 * defines it. The caller resets it.
 */
export let hasUnusualNumber: bool = false;

export function resetUnusualNumber(): void {
  hasUnusualNumber = false;
}

function endOfNumber(from: usize): usize {
  let at = load<u8>(from) == MINUS ? from + 1 : from;
  if (load<u8>(at) == ZERO) {
    if (at != from) hasUnusualNumber = true;
    at++;
  } else at = endOfDigits(at);
  if (at - from > MOST_USUAL) hasUnusualNumber = true;
  if (at != 0 && load<u8>(at) == POINT) {
    hasUnusualNumber = true;
    at = endOfDigits(at + 1);
  }
  // "E" or "e".
  if (at == 0 || (load<u8>(at) | 0x20) != 0x65) return at;
  hasUnusualNumber = true;
  const sign = load<u8>(at, 1);
  return endOfDigits(sign == PLUS || sign == MINUS ? at + 2 : at + 1);
}

/** 0 without a digit. */
function endOfDigits(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at == from ? 0 : at;
}

function isDigit(byte: u8): bool {
  return byte >= ZERO && byte < ZERO + 10;
}

function isHexDigit(byte: u8): bool {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}
