import { MetricSeries, sameDimensions, type MetricDatum, type Statistic } from "../metrics/metric-series";
import { firedActions, type AlarmActions } from "./alarm-actions";
import { AlarmError } from "./alarm-error";
import { evaluationCadence, evaluationRange, periodsRefusal, type AlarmPeriods } from "./alarm-schedule";
import { checkCounts, stateOf, type AlarmEvaluation, type AlarmState } from "./evaluate-alarm";

/** An alarm on one series of a metric, in the words of CloudWatch's API. */
export interface Alarm
  extends
    AlarmPeriods,
    AlarmActions,
    Pick<AlarmEvaluation, "threshold" | "comparison" | "datapointsToAlarm" | "treatMissingData"> {
  readonly statistic: Statistic;
  /**
   * The dimensions of the watched series: only the series with exactly these dimensions is watched.
   *
   * @default - the series without dimensions
   */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** A change of an alarm's state. */
export interface AlarmTransition {
  /** When it was evaluated, in milliseconds since 1970. */
  readonly at: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** The actions that fire. */
  readonly actions: readonly string[];
  /** The evaluation range, oldest first, null for a period without a value. */
  readonly values: readonly (number | null)[];
}

/**
 * An alarm over time: values arrive, possibly late, and each minute it is evaluated on a sliding window.
 *
 * The same values raise ALARM once. AWS warns that after the last value an alarm "might" change its state again and
 * repeat its actions, because old values reappear in periods with other boundaries. It does not document how often, and
 * recommends shorter periods. Source: CloudWatch User Guide, configuring how alarms treat missing data.
 */
export class AlarmEvaluator {
  private readonly series: MetricSeries;
  private readonly cadence: number;
  private current: AlarmState;
  /** Whether a value arrived since the alarm last left ALARM. */
  private hasNews = true;

  /** @throws AlarmError for periods or counts that CloudWatch refuses */
  constructor(
    private readonly alarm: Alarm,
    initialState: AlarmState = "INSUFFICIENT_DATA",
  ) {
    checkCounts(alarm.evaluationPeriods, alarm.datapointsToAlarm ?? alarm.evaluationPeriods);
    const refusal = periodsRefusal(alarm);
    if (refusal !== undefined) throw new AlarmError(refusal);
    this.series = new MetricSeries(Math.min(alarm.periodSeconds, 60) * 1000);
    this.cadence = evaluationCadence(alarm) * 1000;
    this.current = initialState;
  }

  get state(): AlarmState {
    return this.current;
  }

  /**
   * Whether the window contains no value: until another value arrives, every evaluation has the same result as the
   * last.
   */
  get isIdle(): boolean {
    return this.series.isEmpty;
  }

  /** Takes a value of the metric; values of its other series are ignored. */
  add(datum: MetricDatum): void {
    if (!sameDimensions(datum.dimensions, this.alarm.dimensions)) return;
    this.series.add(datum);
    this.hasNews = true;
  }

  /** The first evaluation after a time. */
  nextEvaluation(after: number): number {
    return (Math.floor(after / this.cadence) + 1) * this.cadence;
  }

  /** Evaluates with the values up to the last full minute (hour, if the alarm's range is longer than a day). */
  evaluate(now: number): AlarmTransition | undefined {
    const end = Math.floor(now / this.cadence) * this.cadence;
    // Older values decide nothing, and are shown only where the state changes.
    const values = this.valuesUpTo(end, this.alarm.evaluationPeriods);
    const from = this.current;
    const evaluated = stateOf(this.alarm, values, from);
    const to = evaluated === "ALARM" && from !== "ALARM" && this.isRepetition ? from : evaluated;
    if (from === "ALARM" && to !== "ALARM") this.hasNews = false;
    this.current = to;
    if (from === to) return undefined;
    return { at: now, from, to, actions: firedActions(this.alarm, from, to), values: this.valuesUpTo(end) };
  }

  /** Where missing data is breaching, ALARM needs no value. */
  private get isRepetition(): boolean {
    return !this.hasNews && this.alarm.treatMissingData !== "breaching";
  }

  /** The values of the evaluation range. `needed`: how many values suffice; periods before these have null. */
  private valuesUpTo(end: number, needed = Infinity): readonly (number | null)[] {
    const { periodSeconds, statistic } = this.alarm;
    const period = periodSeconds * 1000;
    const range = evaluationRange(this.alarm);
    this.series.forgetBefore(end - range * period);
    const values = new Array<number | null>(range).fill(null);
    for (let at = range - 1, found = 0; at >= 0 && found < needed; at -= 1) {
      const from = end - (range - at) * period;
      const value = this.series.statistic(statistic, from, from + period);
      if (value !== null) found += 1;
      values[at] = value;
    }
    return values;
  }
}
