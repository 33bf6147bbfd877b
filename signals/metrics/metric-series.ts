/** One value of a metric, at the time of its event. Times are milliseconds since 1970. */
export interface MetricDatum {
  readonly timestamp: number;
  readonly value: number;
  /**
   * Which of the metric's series the value belongs to.
   *
   * @default - the one without dimensions
   */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Whether two values belong to one series: it is the whole set of dimensions that tells series apart. */
export function sameDimensions(one: MetricDatum["dimensions"] = {}, other: MetricDatum["dimensions"] = {}): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** A statistic over one period of a metric, as alarms name it. */
export type Statistic = "SampleCount" | "Sum" | "Average" | "Minimum" | "Maximum";

interface Bucket {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/**
 * One series of a metric: values gathered by the time of their event, in whatever order they come. A late value still
 * counts for the minute in which its event happened.
 */
export class MetricSeries {
  private readonly buckets = new Map<number, Bucket>();

  constructor(private readonly bucketMilliseconds = 60_000) {}

  get isEmpty(): boolean {
    return this.buckets.size === 0;
  }

  add(datum: MetricDatum): void {
    const key = Math.floor(datum.timestamp / this.bucketMilliseconds);
    const { value } = datum;
    const bucket = this.buckets.get(key);
    if (bucket === undefined) {
      this.buckets.set(key, { sampleCount: 1, sum: value, minimum: value, maximum: value });
      return;
    }
    bucket.sampleCount += 1;
    bucket.sum += value;
    bucket.minimum = Math.min(bucket.minimum, value);
    bucket.maximum = Math.max(bucket.maximum, value);
  }

  /** The statistic from one time up to another, both at full minutes; null where there is no value. */
  statistic(statistic: Statistic, from: number, to: number): number | null {
    const buckets: Bucket[] = [];
    for (let at = from; at < to; at += this.bucketMilliseconds) {
      const bucket = this.buckets.get(Math.floor(at / this.bucketMilliseconds));
      if (bucket !== undefined) buckets.push(bucket);
    }
    return buckets.length === 0 ? null : statisticOf(statistic, buckets);
  }

  /** Drops what happened before a time, so that a long history takes no memory. */
  forgetBefore(time: number): void {
    for (const key of this.buckets.keys()) {
      if ((key + 1) * this.bucketMilliseconds <= time) this.buckets.delete(key);
    }
  }
}

function statisticOf(statistic: Statistic, buckets: readonly Bucket[]): number {
  const sum = buckets.reduce((total, bucket) => total + bucket.sum, 0);
  const sampleCount = buckets.reduce((total, bucket) => total + bucket.sampleCount, 0);
  switch (statistic) {
    case "SampleCount":
      return sampleCount;
    case "Sum":
      return sum;
    case "Average":
      return sum / sampleCount;
    case "Minimum":
      return buckets.reduce((least, bucket) => Math.min(least, bucket.minimum), Infinity);
    case "Maximum":
      return buckets.reduce((most, bucket) => Math.max(most, bucket.maximum), -Infinity);
  }
}
