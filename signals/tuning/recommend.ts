import type { Curve, TriedThreshold } from "./curve";

/** A threshold and a period. */
export interface Setting {
  readonly threshold: number;
  readonly periodSeconds: number;
}

/** A setting that is in the budget and keeps every incident, and the alarms that it would have given. */
export interface Recommended extends Setting {
  readonly alarms: number;
}

export interface RecommendOptions {
  readonly now: Setting;
  /** As many alarms may there be in these records. */
  readonly mostAlarms: number;
  /** Whether the threshold may rise above 1 where it is 1 now. */
  readonly mayRaise: boolean;
}

/** An alarm that is on more than half of the time is no news. */
const MOST_IN_ALARM = 0.5;

/**
 * The smallest change that is in the budget and keeps every incident: the lowest threshold that will do with the period
 * as it is, or else with the period nearest to it. Undefined where none will do.
 */
export function recommend(
  curves: readonly Curve[],
  { now, mostAlarms, mayRaise }: RecommendOptions,
): Recommended | undefined {
  const distance = ({ periodSeconds }: Curve): number => Math.abs(Math.log(periodSeconds / now.periodSeconds));
  for (const { periodSeconds, points } of curves.toSorted((one, other) => distance(one) - distance(other))) {
    // In a shorter period, fewer events are as many.
    const least = Math.ceil(now.threshold * Math.min(1, periodSeconds / now.periodSeconds));
    const will = ({ threshold, alarms, keeps, inAlarm }: TriedThreshold): boolean =>
      keeps &&
      inAlarm <= MOST_IN_ALARM &&
      alarms <= mostAlarms &&
      (mayRaise ? threshold >= least : threshold === now.threshold);
    // One event in a shorter period is no other than one in a longer.
    if (!mayRaise && periodSeconds < now.periodSeconds) continue;
    const found = points.find(will);
    if (found !== undefined) return { threshold: found.threshold, periodSeconds, alarms: found.alarms };
  }
  return undefined;
}

/** The lowest threshold that gives no more alarms than the one that is, where that is lower. */
export function sharpest(curves: readonly Curve[], now: Setting): number | undefined {
  const points = curves.find(({ periodSeconds }) => periodSeconds === now.periodSeconds)?.points ?? [];
  const alarms = points.find(({ threshold }) => threshold === now.threshold)?.alarms ?? 0;
  const found = points.find((point) => point.alarms <= alarms && point.keeps);
  return found !== undefined && found.threshold < now.threshold ? found.threshold : undefined;
}
