import { evaluationCadence, evaluationRange, type AlarmPeriods } from "../alarms/alarm-schedule";
import type { MetricMinutes } from "./metric-minutes";

/** How an alarm evaluates a sum, without its threshold. The period is a multiple of 60 seconds. */
export interface AlarmWindow extends AlarmPeriods {
  /** @default - all of the evaluation periods */
  readonly datapointsToAlarm?: number;
}

/**
 * The highest threshold that an alarm on a sum would reach, over time: an entry for each evaluation at which that may
 * change. It is valid for every threshold, so that many thresholds cost little more than one.
 */
export interface AlarmLevels {
  /** Evaluations, in minutes since 1970, ascending. */
  readonly times: Int32Array;
  /** The highest threshold that is reached from then on; -Infinity: none. */
  readonly levels: Float64Array;
  /** The last minute with a value before the evaluation. */
  readonly lastValue: Int32Array;
  /** The first minute with a value from the evaluation on; `NEVER`: there is none. */
  readonly nextValue: Int32Array;
  /** Minutes from one evaluation to the next. */
  readonly cadence: number;
}

export const NEVER = 2 ** 31 - 1;

/**
 * The same result as the alarm evaluator's with `GreaterThanOrEqualToThreshold` and `notBreaching`. Windows of one
 * period each are evaluated where a value enters or leaves one; in between, they contain the same values.
 */
export function alarmLevels(metric: MetricMinutes, window: AlarmWindow): AlarmLevels {
  const { minutes, sums } = metric;
  const period = window.periodSeconds / 60;
  const range = evaluationRange(window);
  const cadence = evaluationCadence(window) / 60;
  const times = evaluations(metric, { period, range, cadence });
  const before = new Float64Array(minutes.length + 1);
  sums.forEach((sum, at) => (before[at + 1] = (before[at] ?? 0) + sum));

  const levels = new Float64Array(times.length);
  const lastValue = new Int32Array(times.length);
  const nextValue = new Int32Array(times.length);
  // For each edge between two windows, the newest first: the number of the first minute from it on.
  const edges = new Int32Array(range + 1);
  const deciding: number[] = [];
  times.forEach((time, number) => {
    for (let edge = 0; edge <= range; edge += 1) {
      let at = edges[edge] ?? 0;
      while (at < minutes.length && (minutes[at] ?? 0) < time - edge * period) at += 1;
      edges[edge] = at;
    }
    deciding.length = 0;
    for (let edge = 0; edge < range && deciding.length < window.evaluationPeriods; edge += 1) {
      const [to = 0, from = 0] = [edges[edge], edges[edge + 1]];
      if (to > from) deciding.push((before[to] ?? 0) - (before[from] ?? 0));
    }
    levels[number] = reached(deciding, window.datapointsToAlarm ?? window.evaluationPeriods);
    const next = edges[0] ?? 0;
    lastValue[number] = minutes[next - 1] ?? -NEVER;
    nextValue[number] = minutes[next] ?? NEVER;
  });
  return { times, levels, lastValue, nextValue, cadence };
}

/** The highest threshold that this many of the values reach. */
function reached(values: readonly number[], datapoints: number): number {
  if (values.length < datapoints) return -Infinity;
  if (datapoints === 1) return Math.max(...values);
  return values.toSorted((one, other) => other - one)[datapoints - 1] ?? -Infinity;
}

interface Steps {
  readonly period: number;
  readonly range: number;
  readonly cadence: number;
}

/** Every evaluation at which a relevant value may have entered a window, or left it for the next. */
function evaluations(metric: MetricMinutes, { period, range, cadence }: Steps): Int32Array {
  const counting = countingMinutes(metric, period, range);
  const all = new Int32Array(counting.length * (range + 1));
  counting.forEach((minute, number) => {
    for (let step = 0; step <= range; step += 1) {
      all[number * (range + 1) + step] = Math.ceil((minute + 1 + step * period) / cadence) * cadence;
    }
  });
  return all.sort().filter((time, at) => time !== all[at - 1]);
}

/**
 * The minutes whose position matters: those with a value above zero, and those zeros near them that adjoin a gap so
 * long that a window may have no value at all.
 */
function countingMinutes({ minutes, sums }: MetricMinutes, period: number, range: number): readonly number[] {
  const reach = range * period;
  const counting: number[] = [];
  let last = -Infinity;
  let ahead = 0;
  minutes.forEach((minute, at) => {
    if (sums[at] !== 0) {
      last = minute;
      counting.push(minute);
      return;
    }
    const isBesideGap =
      minute - (minutes[at - 1] ?? -Infinity) > period || (minutes[at + 1] ?? Infinity) - minute > period;
    if (!isBesideGap) return;
    ahead = Math.max(ahead, at);
    while (ahead < minutes.length && sums[ahead] === 0) ahead += 1;
    if (minute - last <= reach || (minutes[ahead] ?? Infinity) - minute <= reach) counting.push(minute);
  });
  return counting;
}
