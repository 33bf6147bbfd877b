import { evaluationRange } from "../../alarms/alarm-schedule";
import { breaches } from "../../alarms/evaluate-alarm";
import { evaluateArrivals, evaluateTimeline } from "../../alarms/timeline";
import type { AlarmTransition } from "../../alarms/alarm-evaluator";
import type { AlarmState } from "../../alarms/evaluate-alarm";
import type { DeployedAlarm } from "../../deployment/deployment";
import { sameDimensions, type MetricDatum, type Statistic } from "../../metrics/metric-series";
import type { MinuteSet } from "../../metrics/minute-set";

const MINUTE = 60_000;

/** How a statistic of a minute follows from its values; other statistics need every value. */
const MERGED: Partial<Record<Statistic, (one: number, other: number) => number>> = {
  Sum: (one, other) => one + other,
  Maximum: Math.max,
  Minimum: Math.min,
};

/**
 * The values of an alarm's metric. Sums and extremes are kept by the minute, so that an archive of any size takes little
 * memory.
 */
export class AlarmTally {
  /** By the number of its bucket since 1970, which takes a third of the memory of a timestamp. */
  private readonly merged = new Map<number, number>();
  private readonly values: MetricDatum[] = [];
  private readonly zeros = new Set<MinuteSet>();
  private readonly bucket: number;
  private last = -Infinity;

  constructor(readonly alarm: DeployedAlarm) {
    this.bucket = Math.min(alarm.periodSeconds, 60) * 1000;
  }

  /** Takes a value; values of the metric's other series are ignored. */
  add(datum: MetricDatum): void {
    if (!sameDimensions(datum.dimensions, this.alarm.dimensions)) return;
    const merge = MERGED[this.alarm.statistic];
    if (merge === undefined) {
      this.values.push(datum);
      return;
    }
    const key = Math.floor(datum.timestamp / this.bucket);
    const known = this.merged.get(key);
    this.merged.set(key, known === undefined ? datum.value : merge(known, datum.value));
  }

  /** Takes the same value of several events in one minute. */
  addEvents({ timestamp, value }: MetricDatum, events: number): void {
    if (this.alarm.statistic === "Sum") this.add({ timestamp, value: value * events });
    else if (MERGED[this.alarm.statistic] !== undefined) this.add({ timestamp, value });
    else for (let event = 0; event < events; event += 1) this.add({ timestamp, value });
  }

  /**
   * Counts a zero in each of these minutes, including those added later: for sums, it is enough that there is a value.
   */
  addZeros(minutes: MinuteSet): void {
    if (sameDimensions(undefined, this.alarm.dimensions)) this.zeros.add(minutes);
  }

  /** The minutes in which a zero counts in addition to the matches, whatever other values there are. */
  get zeroMinuteSets(): ReadonlySet<MinuteSet> {
    return this.zeros;
  }

  /** Extends the account's records up to this time, whether or not any belongs to this metric. */
  seen(time: number): void {
    if (time > this.last) this.last = time;
  }

  /**
   * The state changes of the alarm. An alarm that is raised when events are missing is evaluated from the first such
   * event to the last record: the end of the records is not a failure.
   */
  transitions(): readonly AlarmTransition[] {
    const { alarm, bucket, initialState } = this;
    const dimensions = alarm.dimensions ?? {};
    const timeline = { alarm, initialState, ...(alarm.treatMissingData === "breaching" && { to: this.last }) };
    // Numbers, in place of an object for each minute of weeks: only those in the alarm's window exist at a time.
    const buckets = Float64Array.from([...this.merged.keys(), ...this.zeroBuckets()]).sort();
    const timeOf = (index: number): number => (buckets[index] ?? NaN) * bucket;
    const datumOf = (index: number): MetricDatum => ({
      timestamp: timeOf(index),
      value: this.merged.get(buckets[index] ?? NaN) ?? 0,
      dimensions,
    });
    if (this.values.length === 0) return evaluateArrivals(timeline, { count: buckets.length, timeOf, datumOf });
    return evaluateTimeline({
      ...timeline,
      data: [...Array.from(buckets, (_, index) => datumOf(index)), ...this.values],
    });
  }

  /**
   * The minutes with a zero, as numbers of their first buckets. If neither missing data nor a zero breaches, zeros count
   * only in an evaluation that contains a value.
   */
  private *zeroBuckets(): Generator<number> {
    const { alarm, merged, bucket } = this;
    const rests = alarm.treatMissingData === "notBreaching" && !breaches(alarm, 0);
    const reach = (evaluationRange(alarm) * alarm.periodSeconds * 1000) / bucket + 1;
    for (const minutes of this.zeros) {
      for (const minute of rests ? this.near(reach, minutes) : minutes) {
        if (!merged.has(minute / bucket)) yield minute / bucket;
      }
    }
  }

  /** Those of the minutes that are at most so many buckets away from one with a value. */
  private *near(reach: number, minutes: MinuteSet): Generator<number> {
    let next = -Infinity;
    const single = this.values.map(({ timestamp }) => Math.floor(timestamp / this.bucket));
    for (const at of Float64Array.from([...this.merged.keys(), ...single]).sort()) {
      for (let near = Math.max(next, at - reach); near <= at + reach; near += 1) {
        const time = near * this.bucket;
        if (time % MINUTE === 0 && minutes.has(time)) yield time;
      }
      next = at + reach + 1;
    }
  }

  /**
   * The state of an alarm that has existed for a while: without any event, or, if it is raised when events are missing,
   * with one each period. Such an alarm has not recovered when the records begin.
   */
  get initialState(): AlarmState {
    const { treatMissingData } = this.alarm;
    return treatMissingData === "notBreaching" || treatMissingData === "breaching" ? "OK" : "INSUFFICIENT_DATA";
  }

  /** The change to ALARM that an event at this time contributed to: at that time, or already before. */
  raisedBy(time: number): AlarmTransition | undefined {
    const { periodSeconds, evaluationPeriods } = this.alarm;
    const end = time + periodSeconds * evaluationPeriods * 1000 + this.bucket;
    const transitions = this.transitions().filter(({ at }) => at <= end);
    const raised = transitions.find(({ at, to }) => at > time && to === "ALARM");
    const before = transitions.filter(({ at }) => at <= time).at(-1);
    return raised ?? (before?.to === "ALARM" ? before : undefined);
  }
}
