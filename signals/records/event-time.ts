/** The format of all times in CloudTrail, in bytes; 0 stands for a digit. */
const FORM = Buffer.from("0000-00-00T00:00:00Z");
const ZERO = 0x30;
const NINE = 0x39;

let lastHour = Number.NaN;
let lastTime = Number.NaN;

/**
 * The time of an event, in milliseconds since 1970; NaN for text that is not a time. Most records have the hour of the
 * one before, so that only minutes and seconds have to be added.
 */
export function timeAt(bytes: Buffer, from: number, to: number): number {
  if (!isInForm(bytes, from, to)) return parseTime(bytes.toString("utf8", from, to));
  const hour = numberAt(bytes, from, 4) * 1e6 + numberAt(bytes, from + 5, 2) * 1e4 + numberAt(bytes, from + 8, 2) * 100;
  const key = hour + numberAt(bytes, from + 11, 2);
  if (key !== lastHour) {
    lastTime = Date.parse(`${bytes.toString("latin1", from, from + 13)}:00:00Z`);
    lastHour = key;
  }
  const minute = numberAt(bytes, from + 14, 2);
  const second = numberAt(bytes, from + 17, 2);
  return minute > 59 || second > 59 ? Number.NaN : lastTime + (minute * 60 + second) * 1000;
}

/** A time in ISO 8601; without a zone it is UTC, on any machine. NaN for text that is not a time. */
export function parseTime(text: string): number {
  if (!/^\d{4}-\d\d-\d\d[T ]/.test(text)) return Number.NaN;
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
}

function isInForm(bytes: Buffer, from: number, to: number): boolean {
  if (to - from !== FORM.length) return false;
  for (let at = 0; at < FORM.length; at += 1) {
    const byte = bytes[from + at] ?? 0;
    if (FORM[at] === ZERO ? byte < ZERO || byte > NINE : byte !== FORM[at]) return false;
  }
  return true;
}

function numberAt(bytes: Buffer, from: number, digits: number): number {
  let number = 0;
  for (let at = from; at < from + digits; at += 1) number = number * 10 + ((bytes[at] ?? 0) - ZERO);
  return number;
}
