import type { MinuteSet } from "../metrics/minute-set";
import type { MatchGroup } from "../matches/match-log";

const MINUTE = 60_000;

/** The sum of a metric in each minute that has a value, including zeros. */
export interface MetricMinutes {
  /** Minutes since 1970, ascending. */
  readonly minutes: Int32Array;
  readonly sums: Float64Array;
}

/** `zeros`: minutes since 1970 that have a value, whether or not anything matched; ascending. */
export function metricMinutes(
  groups: readonly Pick<MatchGroup, "minute" | "sum">[],
  zeros?: Int32Array,
): MetricMinutes {
  const sums = new Map<number, number>();
  for (const { minute, sum } of groups) sums.set(minute, (sums.get(minute) ?? 0) + sum);
  const all = Int32Array.from([...sums.keys(), ...(zeros ?? []).filter((minute) => !sums.has(minute))]).sort();
  return { minutes: all, sums: Float64Array.from(all, (minute) => sums.get(minute) ?? 0) };
}

/** The minutes of several sets, ascending. */
export function minutesOf(sets: Iterable<MinuteSet>): Int32Array {
  const minutes = new Set<number>();
  for (const set of sets) for (const time of set) minutes.add(time / MINUTE);
  return Int32Array.from(minutes).sort();
}
