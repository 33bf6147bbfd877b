/** One value of a metric, at the time of its event. Times are milliseconds since 1970. */
export interface MetricDatum {
  readonly timestamp: number;
  readonly value: number;
  /**
   * The series of the metric that the value belongs to.
   *
   * @default - the one without dimensions
   */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Whether two values belong to one series: the whole set of dimensions identifies a series. */
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
 * One series of a metric: values by the time of their event, in any order of arrival. A late value counts for the
 * minute in which its event happened.
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
    const own = { sampleCount: 1, sum: value, minimum: value, maximum: value };
    if (bucket === undefined) this.buckets.set(key, own);
    else merge(bucket, own);
  }

  /** The statistic from one time to another, both at full minutes; null where there is no value. */
  statistic(statistic: Statistic, from: number, to: number): number | null {
    let [sampleCount, sum, minimum, maximum] = [0, 0, Infinity, -Infinity];
    const first = Math.floor(from / this.bucketMilliseconds);
    // Without an object per period: this runs for every minute of a long time.
    for (let key = first; key * this.bucketMilliseconds < to; key += 1) {
      const bucket = this.buckets.get(key);
      if (bucket === undefined) continue;
      sampleCount += bucket.sampleCount;
      sum += bucket.sum;
      minimum = Math.min(minimum, bucket.minimum);
      maximum = Math.max(maximum, bucket.maximum);
    }
    return sampleCount === 0 ? null : statisticOf(statistic, { sampleCount, sum, minimum, maximum });
  }

  /**
   * Drops values from before a time, so that a long history takes no memory. Values that arrived late are dropped some
   * time later.
   */
  forgetBefore(time: number): void {
    for (const key of this.buckets.keys()) {
      // Buckets are in the order of their first values, so only few have to be checked.
      if ((key + 1) * this.bucketMilliseconds > time) break;
      this.buckets.delete(key);
    }
  }
}

function merge(all: Bucket, { sampleCount, sum, minimum, maximum }: Bucket): void {
  all.sampleCount += sampleCount;
  all.sum += sum;
  all.minimum = Math.min(all.minimum, minimum);
  all.maximum = Math.max(all.maximum, maximum);
}

function statisticOf(statistic: Statistic, { sampleCount, sum, minimum, maximum }: Bucket): number {
  switch (statistic) {
    case "SampleCount":
      return sampleCount;
    case "Sum":
      return sum;
    case "Average":
      return sum / sampleCount;
    case "Minimum":
      return minimum;
    case "Maximum":
      return maximum;
  }
}
