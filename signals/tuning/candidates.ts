import { periodsRefusal } from "../alarms/alarm-schedule";
import type { AlarmWindow } from "./alarm-levels";

/** Common period lengths: a minute to a day. */
const PERIODS = [60, 300, 900, 3600, 21_600, 86_400];
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** Periods to try, ascending: those that CloudWatch accepts with this many evaluation periods, and the current one. */
export function candidatePeriods({ periodSeconds, evaluationPeriods }: AlarmWindow): number[] {
  return [...new Set([...PERIODS, periodSeconds])]
    .filter((period) => periodsRefusal({ periodSeconds: period, evaluationPeriods }) === undefined)
    .sort((one, other) => one - other);
}

/** Round thresholds from 1 to the first above the highest level, and the requested ones; ascending. */
export function candidateThresholds(highest: number, further: readonly number[]): number[] {
  const round = new Set<number>([1]);
  for (let power = 1; Math.max(...round) <= highest; power *= 10) {
    for (const step of STEPS) {
      const threshold = step * power;
      if (Number.isInteger(threshold) && Math.max(...round) <= highest) round.add(threshold);
    }
  }
  return [...new Set([...round, ...further])].sort((one, other) => one - other);
}
