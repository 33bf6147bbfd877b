const MINUTE = 60_000;
const DAY_MINUTES = 1440;

/** A set of minutes since 1970, with one bit each: a year takes 66 kB. */
export class MinuteSet {
  private readonly days = new Map<number, Uint8Array>();

  /** Times are milliseconds since 1970. */
  has(time: number): boolean {
    const minute = Math.floor(time / MINUTE);
    const day = Math.floor(minute / DAY_MINUTES);
    const bit = minute - day * DAY_MINUTES;
    return (((this.days.get(day)?.[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
  }

  add(time: number): void {
    const minute = Math.floor(time / MINUTE);
    const day = Math.floor(minute / DAY_MINUTES);
    const bit = minute - day * DAY_MINUTES;
    let bits = this.days.get(day);
    if (bits === undefined) {
      bits = new Uint8Array(DAY_MINUTES / 8);
      this.days.set(day, bits);
    }
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
  }

  /** The start of each minute, in milliseconds since 1970. */
  *[Symbol.iterator](): Generator<number> {
    for (const [day, bits] of this.days) {
      for (let bit = 0; bit < DAY_MINUTES; bit += 1) {
        if ((((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1) yield (day * DAY_MINUTES + bit) * MINUTE;
      }
    }
  }
}
