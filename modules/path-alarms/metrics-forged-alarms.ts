import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { lowestValueExpression } from "../../lib/patterns/lowest-value";
import { forgedAlarmGroups, type LowerableMetric } from "./lowerable-metric";

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
    forgedAlarmGroups(props.metrics).forEach((metrics, index) => {
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

function periodsOf(metrics: readonly LowerableMetric[]): number {
  const longest = Math.max(HOUR, ...metrics.map(({ evaluatedSeconds }) => evaluatedSeconds));
  return Math.ceil(Math.min(DAY, longest) / PERIOD);
}
