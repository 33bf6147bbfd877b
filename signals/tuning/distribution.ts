import type { MatchGroup } from "../matches/match-log";

const DAY_SECONDS = 86_400;

/** The number of events per period, with consecutive periods from midnight UTC. */
export interface Distribution {
  readonly periodSeconds: number;
  /** Periods on the days with records. */
  readonly periods: number;
  /** Periods with events; the following figures are for these. */
  readonly withEvents: number;
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export function distributionOf(
  groups: readonly Pick<MatchGroup, "minute" | "sum">[],
  periodSeconds: number,
  days: number,
): Distribution {
  const counts = [...countsBy(groups, ({ minute }) => Math.floor((minute * 60) / periodSeconds)).values()];
  counts.sort((one, other) => one - other);
  const quantile = (share: number): number => counts[Math.max(0, Math.ceil(share * counts.length) - 1)] ?? 0;
  return {
    periodSeconds,
    periods: Math.max(Math.round((days * DAY_SECONDS) / periodSeconds), counts.length),
    withEvents: counts.length,
    median: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    max: quantile(1),
  };
}

/** Events over time, in slots short enough for a chart. */
export interface EventTimeline {
  readonly slotSeconds: number;
  /** Start of a slot in milliseconds since 1970, and its events; slots without events are omitted. */
  readonly counts: readonly (readonly [at: number, events: number])[];
}

const SLOTS = [60, 300, 900, 3600, 21_600, DAY_SECONDS];
const MAX_SLOTS = 2000;

/** Events per minute, or per the shortest slot that gives at most a few thousand slots. */
export function timelineOf(groups: readonly Pick<MatchGroup, "minute" | "sum">[]): EventTimeline {
  for (const slotSeconds of SLOTS) {
    const counts = countsBy(groups, ({ minute }) => Math.floor((minute * 60) / slotSeconds));
    if (counts.size > MAX_SLOTS && slotSeconds !== DAY_SECONDS) continue;
    const slots = [...counts].sort(([one], [other]) => one - other);
    return { slotSeconds, counts: slots.map(([slot, events]) => [slot * slotSeconds * 1000, events]) };
  }
  return { slotSeconds: DAY_SECONDS, counts: [] };
}

export function countsBy<Key>(
  groups: readonly Pick<MatchGroup, "minute" | "sum">[],
  keyOf: (group: Pick<MatchGroup, "minute" | "sum">) => Key,
): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const group of groups) {
    const key = keyOf(group);
    counts.set(key, (counts.get(key) ?? 0) + group.sum);
  }
  return counts;
}
