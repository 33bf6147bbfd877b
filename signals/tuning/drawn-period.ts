import { alarmLevels, type AlarmLevels } from "./alarm-levels";
import { alarmSpans } from "./alarm-spans";
import { countsBy } from "./distribution";
import { metricMinutes } from "./metric-minutes";
import type { IgnoredValue } from "./noise";
import { withoutSources } from "./noise-entries";
import type { DetectionHistory } from "./measured-detection";

/** Time divided into slots of one length, numbered from 0. */
export interface Slots {
  /** Minutes since 1970. */
  readonly from: number;
  readonly minutes: number;
}

/** A detection over time, for one period length and several thresholds. */
export interface DrawnPeriod {
  readonly periodSeconds: number;
  /** The highest threshold that would have been reached in a slot; slots that reach none are omitted. */
  readonly levels: readonly (readonly [slot: number, level: number])[];
  /** For each threshold, the slots in which it raises an alarm, repeated for each alarm. */
  readonly raised: readonly (readonly number[])[];
}

/** Events in each slot that has any. */
export function drawnEvents({ groups }: DetectionHistory, slots: Slots): (readonly [slot: number, events: number])[] {
  return [...countsBy(groups, ({ minute }) => slotOf(minute, slots))].sort(([one], [other]) => one - other);
}

/** The same evaluation as for the curves. `ignored`: entries whose events do not count. */
export function drawnPeriod(
  { groups, zeros, alarm }: DetectionHistory,
  periodSeconds: number,
  thresholds: readonly number[],
  { slots, ignored }: { readonly slots: Slots; readonly ignored: readonly IgnoredValue[] },
): DrawnPeriod {
  const counting = withoutSources(groups, ignored);
  if (counting.length === 0) return { periodSeconds, levels: [], raised: thresholds.map(() => []) };
  const levels = alarmLevels(metricMinutes(counting, zeros), { ...alarm, periodSeconds });
  return {
    periodSeconds,
    levels: highestOf(levels, slots),
    raised: thresholds.map((threshold) => alarmSpans(levels, threshold).map(({ from }) => slotOf(from, slots))),
  };
}

/** A level is valid until the next evaluation at which it may change. */
function highestOf({ times, levels }: AlarmLevels, slots: Slots): [number, number][] {
  const highest = new Map<number, number>();
  times.forEach((from, at) => {
    const level = levels[at] ?? 0;
    if (!(level > 0)) return;
    const last = slotOf(Math.max(from, (times[at + 1] ?? from) - 1), slots);
    for (let slot = slotOf(from, slots); slot <= last; slot += 1) {
      highest.set(slot, Math.max(highest.get(slot) ?? 0, level));
    }
  });
  return [...highest].sort(([one], [other]) => one - other);
}

function slotOf(minute: number, { from, minutes }: Slots): number {
  return Math.floor((minute - from) / minutes);
}
