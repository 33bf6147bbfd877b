import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { createMessageQueue } from "../message-queue/message-queue";

export interface UndeliveredQueueProps {
  /** Name of the queue. */
  readonly name: string;

  /** The 12-digit id of the account that owns queue, rule and alarm. */
  readonly accountId: string;

  /** Region of queue, rule and alarm. */
  readonly region: string;

  /** ARNs of the EventBridge rules that may send their events here. */
  readonly ruleArn: string | readonly string[];

  /** Name of the alarm on messages in the queue. */
  readonly alarmName: string;

  /** What that alarm means and what to do. */
  readonly description: string;

  /** ARN of the topic that gets the alarm. */
  readonly topicArn: string;
}

/**
 * A dead-letter queue for events that EventBridge could not deliver after a day of retries, and an alarm on the first
 * of them.
 */
export class UndeliveredQueue extends Construct {
  /**
   * ARN of the queue. Targets need not wait for its policy, which the provider waits 25 seconds for: until the policy is
   * there, EventBridge loses what it cannot deliver, but without a target it would deliver nothing at all.
   */
  public readonly arn: string;
  /** URL of the queue, for senders that use SQS's API. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: UndeliveredQueueProps) {
    super(scope, id);
    const { queue } = createMessageQueue(this, {
      ...props,
      // Source: EventBridge User Guide, "Using dead-letter queues".
      senders: { sid: "AllowRule", service: "events.amazonaws.com", sourceArns: props.ruleArn },
    });
    this.arn = queue.arn;
    this.url = queue.url;

    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: props.alarmName,
      alarmDescription: props.description,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      // Computed before Terraform runs, so that `verify` can compare it.
      dimensions: { QueueName: props.name },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // SQS publishes no metrics for a queue that was unused for hours.
      treatMissingData: "notBreaching",
      actionsEnabled: true,
      alarmActions: [props.topicArn],
    });
  }
}
