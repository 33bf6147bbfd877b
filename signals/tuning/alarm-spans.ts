import { NEVER, type AlarmLevels } from "./alarm-levels";

/** A period in ALARM: from the evaluation that raised it to the one that ended it. Minutes since 1970. */
export interface AlarmSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The periods in ALARM for a threshold: as many as the evaluator raises alarms, at the same times. After an alarm, the
 * same values raise no other: at least one new value must have arrived.
 */
export function alarmSpans(
  { times, levels, lastValue, nextValue, cadence }: AlarmLevels,
  threshold: number,
): AlarmSpan[] {
  const spans: AlarmSpan[] = [];
  let raised: number | undefined;
  let left = -Infinity;
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? 0;
    const isReached = (levels[at] ?? -Infinity) >= threshold;
    if (raised !== undefined) {
      if (isReached) continue;
      spans.push({ from: raised, to: time });
      raised = undefined;
      left = time;
    } else if (isReached) {
      if ((lastValue[at] ?? 0) >= left) raised = time;
      else raised = laterRaise(nextValue[at] ?? NEVER, cadence, times[at + 1] ?? NEVER);
    }
  }
  return spans;
}

/** When a value that arrives before the next change of level still raises the alarm. */
function laterRaise(value: number, cadence: number, until: number): number | undefined {
  const time = Math.ceil((value + 1) / cadence) * cadence;
  return time < until ? time : undefined;
}
