import type { MetricDatum } from "../metrics/metric-series";
import { AlarmEvaluator, type Alarm, type AlarmTransition } from "./alarm-evaluator";
import { evaluationRange } from "./alarm-schedule";
import type { AlarmState } from "./evaluate-alarm";

/** A value that may reach CloudWatch some time after its event. */
export interface TimelineDatum extends MetricDatum {
  /** @default - at the time of its event */
  readonly receivedAt?: number;
}

/** An alarm and its values over time. Times are milliseconds since 1970. */
export interface Timeline {
  readonly alarm: Alarm;
  /** Values of the alarm's metric, in any order. */
  readonly data: readonly TimelineDatum[];
  /** @default - when the first value is received */
  readonly from?: number;
  /** @default - when the last value has left the alarm's window */
  readonly to?: number;
  /** @default "INSUFFICIENT_DATA" */
  readonly initialState?: AlarmState;
}

/** Values in the order in which CloudWatch receives them, each of which need not exist before it is taken. */
export interface Arrivals {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly timeOf: (index: number) => number;
  readonly datumOf: (index: number) => MetricDatum;
}

/** Every state change of an alarm. Periods without any value cost nothing. */
export function evaluateTimeline({ data, ...timeline }: Timeline): readonly AlarmTransition[] {
  const sorted = data.toSorted((one, other) => receivedAt(one) - receivedAt(other));
  const at = (index: number): TimelineDatum => sorted[index] ?? { timestamp: NaN, value: NaN };
  return evaluateArrivals(timeline, { count: sorted.length, timeOf: (index) => receivedAt(at(index)), datumOf: at });
}

function receivedAt({ receivedAt: received, timestamp }: TimelineDatum): number {
  return received ?? timestamp;
}

/** The same for values that are in order. */
export function evaluateArrivals(
  { alarm, from, to, initialState }: Omit<Timeline, "data">,
  { count, timeOf, datumOf }: Arrivals,
): readonly AlarmTransition[] {
  if (count === 0 && from === undefined) return [];
  const start = from ?? timeOf(0);
  const last = count === 0 ? start : timeOf(count - 1);
  const end = to ?? last + (evaluationRange(alarm) + 1) * alarm.periodSeconds * 1000;
  const evaluator = new AlarmEvaluator(alarm, initialState);
  const transitions: AlarmTransition[] = [];
  let received = 0;
  for (let now = evaluator.nextEvaluation(start); now <= end;) {
    for (; received < count && timeOf(received) < now; received += 1) evaluator.add(datumOf(received));
    const transition = evaluator.evaluate(now);
    if (transition !== undefined) transitions.push(transition);
    if (evaluator.isIdle && received === count) break;
    now = evaluator.nextEvaluation(evaluator.isIdle ? Math.max(now, timeOf(received)) : now);
  }
  return transitions;
}
