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
  for (let at = 0; at < sums.length; at += 1) before[at + 1] = (before[at] ?? 0) + (sums[at] ?? 0);

  const levels = new Float64Array(times.length);
  const lastValue = new Int32Array(times.length);
  const nextValue = new Int32Array(times.length);
  // For each edge between two windows, the newest first: the number of the first minute from it on.
  const edges = new Int32Array(range + 1);
  const deciding: number[] = [];
  const needed = window.datapointsToAlarm ?? window.evaluationPeriods;
  // No callbacks: tuning evaluates each minute of weeks for each entry that it tries.
  for (let number = 0; number < times.length; number += 1) {
    const time = times[number] ?? 0;
    for (let edge = 0; edge <= range; edge += 1) {
      let at = edges[edge] ?? 0;
      while (at < minutes.length && (minutes[at] ?? 0) < time - edge * period) at += 1;
      edges[edge] = at;
    }
    deciding.length = 0;
    for (let edge = 0; edge < range && deciding.length < window.evaluationPeriods; edge += 1) {
      const to = edges[edge] ?? 0;
      const from = edges[edge + 1] ?? 0;
      if (to > from) deciding.push((before[to] ?? 0) - (before[from] ?? 0));
    }
    levels[number] = reached(deciding, needed);
    const next = edges[0] ?? 0;
    lastValue[number] = minutes[next - 1] ?? -NEVER;
    nextValue[number] = minutes[next] ?? NEVER;
  }
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
  let length = 0;
  for (const minute of counting) {
    for (let step = 0; step <= range; step += 1) {
      all[length++] = Math.ceil((minute + 1 + step * period) / cadence) * cadence;
    }
  }
  all.sort();
  let distinct = 0;
  for (let at = 0; at < length; at += 1) {
    if (at === 0 || all[at] !== all[distinct - 1]) all[distinct++] = all[at] ?? 0;
  }
  return all.subarray(0, distinct);
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
