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

/** Every state change of an alarm. Periods without any value cost nothing. */
export function evaluateTimeline({ alarm, data, from, to, initialState }: Timeline): readonly AlarmTransition[] {
  const arrivals = data
    .map((datum) => ({ datum, at: datum.receivedAt ?? datum.timestamp }))
    .sort((one, other) => one.at - other.at);
  const start = from ?? arrivals[0]?.at;
  const last = arrivals.at(-1)?.at ?? start;
  if (start === undefined || last === undefined) return [];

  const end = to ?? last + (evaluationRange(alarm) + 1) * alarm.periodSeconds * 1000;
  const evaluator = new AlarmEvaluator(alarm, initialState);
  const transitions: AlarmTransition[] = [];
  let received = 0;
  for (let now = evaluator.nextEvaluation(start); now <= end;) {
    for (let next = arrivals[received]; next !== undefined && next.at < now; next = arrivals[received]) {
      evaluator.add(next.datum);
      received += 1;
    }
    const transition = evaluator.evaluate(now);
    if (transition !== undefined) transitions.push(transition);
    const next = evaluator.isIdle ? arrivals[received]?.at : now;
    if (next === undefined) break;
    now = evaluator.nextEvaluation(Math.max(now, next));
  }
  return transitions;
}
