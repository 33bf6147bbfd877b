import type { Curve, TriedThreshold } from "./curve";

/** A threshold and a period. */
export interface ThresholdSetting {
  readonly threshold: number;
  readonly periodSeconds: number;
}

/** A setting that is within the budget and keeps every incident, and the alarms that it would have raised. */
export interface Recommended extends ThresholdSetting {
  readonly alarms: number;
}

export interface RecommendOptions {
  readonly now: ThresholdSetting;
  /** The most alarms that the budget allows in these records. */
  readonly mostAlarms: number;
  /** Whether the threshold may rise above 1 where it is 1 now. */
  readonly mayRaise: boolean;
}

/** An alarm that is in ALARM more than half of the time carries no information. */
const MOST_IN_ALARM = 0.5;

/**
 * The smallest change that is within the budget and keeps every incident: the lowest sufficient threshold with the
 * current period, otherwise with the nearest period. Undefined where none is sufficient.
 */
export function recommend(
  curves: readonly Curve[],
  { now, mostAlarms, mayRaise }: RecommendOptions,
): Recommended | undefined {
  const distance = ({ periodSeconds }: Curve): number => Math.abs(Math.log(periodSeconds / now.periodSeconds));
  for (const { periodSeconds, points } of curves.toSorted((one, other) => distance(one) - distance(other))) {
    // Scale the threshold to the shorter period, so that the rate stays the same.
    const least = Math.ceil(now.threshold * Math.min(1, periodSeconds / now.periodSeconds));
    const will = ({ threshold, alarms, keeps, inAlarm }: TriedThreshold): boolean =>
      keeps &&
      inAlarm <= MOST_IN_ALARM &&
      alarms <= mostAlarms &&
      (mayRaise ? threshold >= least : threshold === now.threshold);
    // One event raises the alarm in a shorter period just as in a longer one.
    if (!mayRaise && periodSeconds < now.periodSeconds) continue;
    const found = points.find(will);
    if (found !== undefined) return { threshold: found.threshold, periodSeconds, alarms: found.alarms };
  }
  return undefined;
}

/** The lowest threshold that raises no more alarms than the current one, if it is lower. */
export function sharpest(curves: readonly Curve[], now: ThresholdSetting): number | undefined {
  const points = curves.find(({ periodSeconds }) => periodSeconds === now.periodSeconds)?.points ?? [];
  const alarms = points.find(({ threshold }) => threshold === now.threshold)?.alarms ?? 0;
  const found = points.find((point) => point.alarms <= alarms && point.keeps);
  return found !== undefined && found.threshold < now.threshold ? found.threshold : undefined;
}
