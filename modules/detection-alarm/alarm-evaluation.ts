import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { statisticOf } from "../path-alarms/lowerable-metric";

/** When the alarm of a detection goes off. */
export interface AlarmEvaluationProps {
  /**
   * Events per period that raise the alarm, or that must occur in each period to keep it from being raised; 1 or more.
   *
   * @default 1
   */
  readonly threshold?: number;

  /**
   * Length of a period in seconds: a multiple of 60. All periods together are at most a day, or a week if a period is an
   * hour or longer. Source: CloudWatch API, PutMetricAlarm, EvaluationPeriods.
   *
   * @default 300
   */
  readonly periodSeconds?: number;

  /**
   * How many consecutive periods must reach the threshold, or miss it.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;

  /**
   * Whether the alarm goes off when events reach the threshold or when they fail to. In the second case its topics also
   * get its return to OK.
   *
   * @default reached
   */
  readonly alarmWhen?: "reached" | "missed";

  /**
   * Use anomaly detection: raise the alarm when a period has more events than CloudWatch expects, plus this number of
   * standard deviations; above 0. The threshold is then ignored. AWS bills such an alarm as three.
   *
   * @default - the threshold decides
   */
  readonly anomalyBandWidth?: number;

  /**
   * Name the metric, and the filters after it, as checkers of the CIS benchmark expect: namespace `LogMetrics`, filter
   * and metric of the same name, and 0 where nothing matched.
   *
   * @default false - namespace `Trailwatch`, and no data where nothing matched, which costs nothing
   */
  readonly asCheckersExpect?: boolean;
}

/** Of an alarm that says nothing else. */
export const EVALUATION_DEFAULTS = { threshold: 1, periodSeconds: 300, evaluationPeriods: 1 } as const;

/** Without events there is no data: the normal case for `reached`, the worst case for `missed`. */
const ALARM_WHEN = {
  reached: { comparisonOperator: "GreaterThanOrEqualToThreshold", treatMissingData: "notBreaching" },
  missed: { comparisonOperator: "LessThanThreshold", treatMissingData: "breaching" },
} as const;

/** The statistic that the alarm's period is reduced to. */
export function statisticOfAlarm({
  threshold = EVALUATION_DEFAULTS.threshold,
  anomalyBandWidth,
  asCheckersExpect = false,
}: Pick<AlarmEvaluationProps, "threshold" | "anomalyBandWidth" | "asCheckersExpect">): "Maximum" | "Sum" {
  return statisticOf({ threshold, detectsAnomalies: anomalyBandWidth !== undefined, asCheckersExpect });
}

/** What an alarm evaluates, and when it goes off. Source: CloudWatch API, PutMetricAlarm, ThresholdMetricId. */
export function alarmEvaluation(
  metric: { readonly namespace: string; readonly metricName: string },
  props: AlarmEvaluationProps,
): Pick<CloudwatchMetricAlarmConfig, "comparisonOperator"> & Partial<CloudwatchMetricAlarmConfig> {
  const { alarmWhen, anomalyBandWidth } = props;
  const { periodSeconds = EVALUATION_DEFAULTS.periodSeconds, threshold = EVALUATION_DEFAULTS.threshold } = props;
  if (anomalyBandWidth === undefined) {
    const statistic = statisticOfAlarm(props);
    return { ...metric, statistic, period: periodSeconds, threshold, ...ALARM_WHEN[alarmWhen ?? "reached"] };
  }
  return {
    metricQuery: [
      { id: "events", metric: { ...metric, stat: "Sum", period: periodSeconds }, returnData: true },
      {
        id: "usual",
        expression: `ANOMALY_DETECTION_BAND(events, ${anomalyBandWidth})`,
        label: "What is usual",
        returnData: true,
      },
    ],
    thresholdMetricId: "usual",
    comparisonOperator: "GreaterThanUpperThreshold",
    treatMissingData: "notBreaching",
  };
}
