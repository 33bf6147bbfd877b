/** The form of all times in CloudTrail: 2026-01-15T09:30:00Z. */
const LENGTH: usize = 20;
const DASH: u8 = 0x2d;
const COLON: u8 = 0x3a;
const LETTER_T: u8 = 0x54;
const LETTER_Z: u8 = 0x5a;
const ZERO: u8 = 0x30;

const DAY: i32 = 86400;
const NO_NUMBER: i32 = -1_000_000;

/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_1970: i32 = 719468;

/** The seconds since 1970 of a time from 1970 to 2099; 0 for any other text, which JavaScript has to read. */
export function secondsAt(from: usize, to: usize): u32 {
  if (to - from != LENGTH || load<u8>(from, 10) != LETTER_T || load<u8>(from, 19) != LETTER_Z) return 0;
  if (load<u8>(from, 4) != DASH || load<u8>(from, 7) != DASH) return 0;
  if (load<u8>(from, 13) != COLON || load<u8>(from, 16) != COLON) return 0;
  const year = numberAt(from) * 100 + numberAt(from + 2);
  const month = numberAt(from + 5);
  const day = numberAt(from + 8);
  const hour = numberAt(from + 11);
  const minute = numberAt(from + 14);
  const second = numberAt(from + 17);
  if (year < 1970 || year > 2099 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return 0;
  // Years that begin in March end with the leap day.
  const shifted = month < 3 ? year - 1 : year;
  const ofYear = (153 * (month < 3 ? month + 9 : month - 3) + 2) / 5 + day - 1;
  const days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - DAYS_TO_1970;
  return <u32>(days * DAY) + <u32>(hour * 3600 + minute * 60 + second);
}

function daysOf(year: i32, month: i32): i32 {
  if (month != 2) return 30 + ((month + (month >> 3)) & 1);
  return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
}

/** The number of two digits; far below 0 for anything else. */
function numberAt(at: usize): i32 {
  const tens = load<u8>(at) - ZERO;
  const ones = load<u8>(at, 1) - ZERO;
  return tens > 9 || ones > 9 ? NO_NUMBER : <i32>tens * 10 + <i32>ones;
}
