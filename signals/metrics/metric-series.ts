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

/** Forgotten buckets that are held before they are removed together. */
const MOST_FORGOTTEN = 512;

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
  /** The numbers of the buckets that have values, ascending, and these buckets. Those before `first` are forgotten. */
  private readonly keys: number[] = [];
  private readonly buckets: Bucket[] = [];
  private first = 0;

  constructor(private readonly bucketMilliseconds = 60_000) {}

  get isEmpty(): boolean {
    return this.first === this.keys.length;
  }

  add(datum: MetricDatum): void {
    const key = Math.floor(datum.timestamp / this.bucketMilliseconds);
    const { value } = datum;
    const own = { sampleCount: 1, sum: value, minimum: value, maximum: value };
    const at = this.placeOf(key);
    const bucket = this.keys[at] === key ? this.buckets[at] : undefined;
    if (bucket !== undefined) {
      merge(bucket, own);
      return;
    }
    this.keys.splice(at, 0, key);
    this.buckets.splice(at, 0, own);
  }

  /** The statistic from one time to another, both at full minutes; null where there is no value. */
  statistic(statistic: Statistic, from: number, to: number): number | null {
    let [sampleCount, sum, minimum, maximum] = [0, 0, Infinity, -Infinity];
    // Only buckets with values, and no object per period: this runs for every minute of a long time.
    for (let at = this.placeOf(Math.floor(from / this.bucketMilliseconds)); at < this.keys.length; at += 1) {
      const bucket = this.buckets[at];
      if (bucket === undefined || (this.keys[at] ?? 0) * this.bucketMilliseconds >= to) break;
      sampleCount += bucket.sampleCount;
      sum += bucket.sum;
      minimum = Math.min(minimum, bucket.minimum);
      maximum = Math.max(maximum, bucket.maximum);
    }
    return sampleCount === 0 ? null : statisticOf(statistic, { sampleCount, sum, minimum, maximum });
  }

  /** Drops values from before a time, so that a long history takes no memory. */
  forgetBefore(time: number): void {
    while (this.first < this.keys.length && ((this.keys[this.first] ?? 0) + 1) * this.bucketMilliseconds <= time) {
      this.first += 1;
    }
    // Many at once: each removal moves those that are left.
    if (this.first < MOST_FORGOTTEN) return;
    this.keys.splice(0, this.first);
    this.buckets.splice(0, this.first);
    this.first = 0;
  }

  /** Where the bucket of this number is among those that are kept, or would be. Mostly it is a new one, or near the end. */
  private placeOf(key: number): number {
    let [from, to] = [this.first, this.keys.length];
    if (from < to && key > (this.keys[to - 1] ?? 0)) return to;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.keys[middle] ?? 0) < key) from = middle + 1;
      else to = middle;
    }
    return from;
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
