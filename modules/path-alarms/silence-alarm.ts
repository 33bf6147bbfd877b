import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

/** A metric that AWS publishes for a resource on the signal path. */
export type TrafficMetric =
  | { readonly namespace: "AWS/Logs"; readonly metricName: "IncomingLogEvents"; readonly logGroupName: string }
  | { readonly namespace: "AWS/Events"; readonly metricName: "Invocations"; readonly ruleName: string };

export interface SilenceAlarmProps {
  readonly alarmName: string;

  /** The text of the notification. */
  readonly description: string;

  /** What must have traffic in each hour. */
  readonly metric: TrafficMetric;

  /** ARN of the topic that gets the alarm. */
  readonly topicArn: string;
}

/**
 * An alarm on a resource without traffic for two hours, as long as the heartbeat may be missing. Customers cannot write
 * metrics whose namespace begins with `AWS/`. Source: CloudWatch API, PutMetricData, Namespace.
 */
export class SilenceAlarm extends Construct {
  constructor(scope: Construct, id: string, { alarmName, description, metric, topicArn }: SilenceAlarmProps) {
    super(scope, id);
    const { namespace, metricName } = metric;
    new CloudwatchMetricAlarm(this, "Resource", {
      alarmName,
      alarmDescription: description,
      namespace,
      metricName,
      // Computed before Terraform runs, so that `verify` can compare it.
      dimensions:
        metric.namespace === "AWS/Logs" ? { LogGroupName: metric.logGroupName } : { RuleName: metric.ruleName },
      statistic: "Sum",
      period: 3600,
      evaluationPeriods: 2,
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      // AWS publishes no zeros here.
      treatMissingData: "breaching",
      actionsEnabled: true,
      alarmActions: [topicArn],
      // The topic gets the recovery too.
      okActions: [topicArn],
    });
  }
}
