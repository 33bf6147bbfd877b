import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { SUBSCRIBER_KINDS } from "../../lib/naming/subscriber-kinds";
import { createMessageQueue } from "../message-queue/message-queue";

export interface KeptMessagesProps {
  /** Name of the queue. */
  readonly name: string;

  /** The 12-digit id of the account that owns queue and topics. */
  readonly accountId: string;

  /** Region of queue and topics. */
  readonly region: string;

  /** ARNs of the topics whose messages are kept, each with a short name. */
  readonly topicArns: Readonly<Record<string, string>>;
}

/**
 * A queue that keeps the topics' messages for two weeks. It is in the topics' own account, so its subscription needs no
 * confirmation: checkers pass an alarm only if its topic has one (Security Hub, CloudWatch controls).
 */
export class KeptMessages extends Construct {
  constructor(scope: Construct, id: string, props: KeptMessagesProps) {
    super(scope, id);
    const { queue, policy } = createMessageQueue(this, {
      ...props,
      senders: { sid: "AllowTopics", service: "sns.amazonaws.com", sourceArns: Object.values(props.topicArns) },
    });
    const { protocol } = SUBSCRIBER_KINDS.sqs;
    for (const [name, topicArn] of Object.entries(props.topicArns)) {
      new SnsTopicSubscription(this, name, { topicArn, protocol, endpoint: queue.arn, dependsOn: [policy] });
    }
  }
}
