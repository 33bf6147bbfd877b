import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { denyInsecureQueue, policyJson } from "../policy-document";

export interface KeptMessagesProps {
  /** Name of the queue. */
  readonly name: string;

  /** The 12-digit id of the account that owns queue and topics. */
  readonly accountId: string;

  /** Region of queue and topics. */
  readonly region: string;

  /** ARNs of the topics whose messages are kept, by a name of each. */
  readonly topicArns: Readonly<Record<string, string>>;
}

/** As long as SQS keeps messages. Source: SQS quotas. */
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/**
 * A queue that keeps what topics say, for two weeks. It is a subscriber that nobody has to confirm, as it is of the
 * topics' own account: checkers pass an alarm only if its topic has one (Security Hub, CloudWatch controls).
 */
export class KeptMessages extends Construct {
  constructor(scope: Construct, id: string, props: KeptMessagesProps) {
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
          Sid: "AllowTopics",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: computedArn,
          Condition: { ArnEquals: { "aws:SourceArn": Object.values(props.topicArns) } },
        },
        denyInsecureQueue(computedArn),
      ]),
    });
    for (const [name, topicArn] of Object.entries(props.topicArns)) {
      new SnsTopicSubscription(this, name, { topicArn, protocol: "sqs", endpoint: queue.arn, dependsOn: [policy] });
    }
  }
}
