import type { MinuteSet } from "../metrics/minute-set";
import type { MatchGroup } from "../matches/match-log";

const MINUTE = 60_000;

/** The sum of a metric in each minute that has a value, including zeros. */
export interface MetricMinutes {
  /** Minutes since 1970, ascending. */
  readonly minutes: Int32Array;
  readonly sums: Float64Array;
}

/**
 * `groups`: by minute. `zeros`: minutes since 1970 that have a value, whether or not anything matched; ascending, none
 * twice. Tuning calls this for each entry that it tries, with the minutes of weeks.
 */
export function metricMinutes(
  groups: readonly Pick<MatchGroup, "minute" | "sum">[],
  zeros: Int32Array = new Int32Array(),
): MetricMinutes {
  const minutes = new Int32Array(groups.length + zeros.length);
  const sums = new Float64Array(minutes.length);
  let count = 0;
  let zero = 0;
  const addZerosBefore = (end: number): void => {
    for (; zero < zeros.length && (zeros[zero] ?? 0) < end; zero += 1) minutes[count++] = zeros[zero] ?? 0;
  };
  for (const { minute, sum } of groups) {
    addZerosBefore(minute);
    if (zeros[zero] === minute) zero += 1;
    if (count === 0 || minutes[count - 1] !== minute) minutes[count++] = minute;
    sums[count - 1] = (sums[count - 1] ?? 0) + sum;
  }
  addZerosBefore(Infinity);
  return { minutes: minutes.subarray(0, count), sums: sums.subarray(0, count) };
}

/** The minutes of several sets, ascending. */
export function minutesOf(sets: Iterable<MinuteSet>): Int32Array {
  const minutes = new Set<number>();
  for (const set of sets) for (const time of set) minutes.add(time / MINUTE);
  return Int32Array.from(minutes).sort();
}
