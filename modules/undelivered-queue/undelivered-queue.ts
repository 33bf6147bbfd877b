import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { denyInsecureQueue, policyJson } from "../policy-document";

export interface UndeliveredQueueProps {
  /** Name of the queue. */
  readonly name: string;

  /** The 12-digit id of the account that owns queue, rule and alarm. */
  readonly accountId: string;

  /** Region of queue, rule and alarm. */
  readonly region: string;

  /** ARN of the one EventBridge rule that may put its events here. */
  readonly ruleArn: string;

  /** Name of the alarm that says that something lies here. */
  readonly alarmName: string;

  /** What that alarm means and what to do. */
  readonly description: string;

  /** ARN of the topic that gets the alarm. */
  readonly topicArn: string;
}

/** As long as SQS keeps messages. Source: SQS quotas. */
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/** Where events go that EventBridge could not deliver, after a day of trying, and an alarm on the first of them. */
export class UndeliveredQueue extends Construct {
  /** ARN of the queue. */
  public readonly arn: string;
  /** The policy that EventBridge needs: without it events are lost. */
  public readonly permission: ITerraformDependable;
  /** Address of the queue, for those who send to it by SQS's API. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: UndeliveredQueueProps) {
    super(scope, id);
    const computedArn = `arn:aws:sqs:${props.region}:${props.accountId}:${props.name}`;

    const queue = new SqsQueue(this, "Resource", {
      name: props.name,
      messageRetentionSeconds: FOURTEEN_DAYS,
      sqsManagedSseEnabled: true,
    });
    const policy = new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: policyJson("queue", [
        {
          Sid: "AllowRule",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: computedArn,
          // Source: EventBridge User Guide, "Using dead-letter queues".
          Condition: { ArnEquals: { "aws:SourceArn": props.ruleArn } },
        },
        denyInsecureQueue(computedArn),
      ]),
    });
    this.arn = queue.arn;
    this.url = queue.url;
    this.permission = policy;

    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: props.alarmName,
      alarmDescription: props.description,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      // Known before Terraform runs, so that `verify` can compare it.
      dimensions: { QueueName: props.name },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // SQS sends no values for a queue that was not used for hours.
      treatMissingData: "notBreaching",
      actionsEnabled: true,
      alarmActions: [props.topicArn],
    });
  }
}
