/** A metric of a detection whose alarm forged values can keep in OK. */
export interface LowerableMetric {
  readonly namespace: string;
  readonly metricName: string;
  /** The lowest value that its metric filters publish. */
  readonly lowest: number;
  /** How far back its alarm looks, in seconds. */
  readonly evaluatedSeconds: number;
}

/** Metrics in one alarm. Source: CloudWatch User Guide, "Alarm data queries", metric math. */
const MAX_METRICS = 10;

/**
 * The statistic that a detection's alarm compares. Anyone with `cloudwatch:PutMetricData` can add negative values to a
 * metric. They lower a sum, but never the maximum, which is enough to see whether there was one event. Checkers require
 * a sum, and anomaly detection learns from one.
 */
export function statisticOf({
  threshold,
  detectsAnomalies,
  asCheckersExpect,
}: {
  readonly threshold: number;
  readonly detectsAnomalies: boolean;
  readonly asCheckersExpect: boolean;
}): "Maximum" | "Sum" {
  return threshold === 1 && !detectsAnomalies && !asCheckersExpect ? "Maximum" : "Sum";
}

/** The metrics of each alarm on forged values: as few alarms as possible; each has one threshold. */
export function forgedAlarmGroups<Metric extends Pick<LowerableMetric, "lowest">>(
  metrics: readonly Metric[],
): Metric[][] {
  const thresholds = [...new Set(metrics.map(({ lowest }) => lowest))];
  return thresholds.flatMap((threshold) => {
    const alike = metrics.filter(({ lowest }) => lowest === threshold);
    const count = Math.ceil(alike.length / MAX_METRICS);
    return Array.from({ length: count }, (_, at) => alike.slice(at * MAX_METRICS, (at + 1) * MAX_METRICS));
  });
}
