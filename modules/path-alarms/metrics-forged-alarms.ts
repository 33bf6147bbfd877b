import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { lowestValueExpression } from "../../lib/patterns/lowest-value";

/** A metric of a detection whose alarm forged values can keep in OK. */
export interface LowerableMetric {
  readonly namespace: string;
  readonly metricName: string;
  /** The lowest value that its metric filters publish. */
  readonly lowest: number;
  /** How far back its alarm looks, in seconds. */
  readonly evaluatedSeconds: number;
}

export interface MetricsForgedAlarmsProps {
  /** Name of the first alarm; further ones end in `-2`, `-3`, … */
  readonly alarmName: string;

  /** The text of the notification, for an alarm on these metrics. */
  readonly describe: (metrics: readonly LowerableMetric[]) => string;

  /** The metrics to watch; without any, there is no alarm. */
  readonly metrics: readonly LowerableMetric[];

  /** ARN of the topic that gets the alarms. */
  readonly topicArn: string;
}

/** Metrics in one alarm. Source: CloudWatch User Guide, "Alarm data queries", metric math. */
const MAX_METRICS = 10;

const PERIOD = 300;
const HOUR = 3600;
/** Maximum evaluation range of an alarm with a period under an hour. Source: CloudWatch API, PutMetricAlarm. */
const DAY = 86_400;

/**
 * Alarms on values that no metric filter publishes: their writer forged the metric.
 *
 * A Metrics Insights query takes the name of one metric, so that it cannot watch a namespace; metric math takes ten
 * metrics. Both cost as much as an alarm on each metric.
 */
export class MetricsForgedAlarms extends Construct {
  constructor(scope: Construct, id: string, props: MetricsForgedAlarmsProps) {
    super(scope, id);
    groupsOf(props.metrics).forEach((metrics, index) => {
      const suffix = index === 0 ? "" : `-${index + 1}`;
      const [{ lowest } = { lowest: 0 }] = metrics;
      new CloudwatchMetricAlarm(this, `alarm${suffix}`, {
        alarmName: `${props.alarmName}${suffix}`,
        alarmDescription: props.describe(metrics),
        metricQuery: [
          ...metrics.map(({ namespace, metricName }, number) => ({
            id: `m${number + 1}`,
            metric: { namespace, metricName, stat: "Minimum", period: PERIOD },
            returnData: false,
          })),
          { id: "lowest", expression: lowestValueExpression(lowest), label: "Lowest value", returnData: true },
        ],
        threshold: lowest,
        comparisonOperator: "LessThanThreshold",
        // A value may be written for an earlier time: each period that the alarms of detections still evaluate counts.
        evaluationPeriods: periodsOf(metrics),
        datapointsToAlarm: 1,
        treatMissingData: "notBreaching",
        actionsEnabled: true,
        alarmActions: [props.topicArn],
      });
    });
  }
}

/** As few alarms as possible; each has one threshold. */
function groupsOf(metrics: readonly LowerableMetric[]): LowerableMetric[][] {
  const thresholds = [...new Set(metrics.map(({ lowest }) => lowest))];
  return thresholds.flatMap((threshold) => {
    const alike = metrics.filter(({ lowest }) => lowest === threshold);
    const count = Math.ceil(alike.length / MAX_METRICS);
    return Array.from({ length: count }, (_, at) => alike.slice(at * MAX_METRICS, (at + 1) * MAX_METRICS));
  });
}

function periodsOf(metrics: readonly LowerableMetric[]): number {
  const longest = Math.max(HOUR, ...metrics.map(({ evaluatedSeconds }) => evaluatedSeconds));
  return Math.ceil(Math.min(DAY, longest) / PERIOD);
}
