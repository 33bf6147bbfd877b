import { arn } from "../../lib/aws/partitions";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { endpointsOf, type Subscribers } from "../../lib/naming/subscriber-kinds";
import { terraformAddressOf } from "../escape-hatches";
import { policyJson, type PolicyStatement } from "../policy-document";
import { stableId } from "../stable-id";
import { EVENT_RULES, fromPublisher, type TopicPublisher } from "./topic-key";

export interface NotificationTopicProps {
  /** Name of the topic: 1 to 256 letters, digits, `-` or `_`. */
  readonly name: string;

  /** The 12-digit id of the account that owns the topic; the publisher publishes for this account. */
  readonly accountId: string;

  /** Region of the topic; an alarm reaches only topics of its own region. */
  readonly region: string;

  /** The service that may publish. */
  readonly publisher: TopicPublisher;

  /**
   * Whether rules of EventBridge in the account may publish too; the key must admit them.
   *
   * @default false
   */
  readonly admitsEventRules?: boolean;

  /** ARN of the key that encrypts messages; it must admit the publisher too. */
  readonly encryptionKeyArn: string | undefined;

  /** The subscribers, without duplicates. Each must confirm, except queues of the topic's own account. */
  readonly subscribers: Subscribers;
}

/** An encrypted topic that one AWS service may publish to, also EventBridge if wanted, and its subscriptions. */
export class NotificationTopic extends Construct {
  /** ARN of the topic; a reference to it depends on the policies that publishing needs. */
  public readonly arn: string;
  /** Terraform expression: the addresses that are not confirmed yet, and so get no messages. */
  public readonly pendingSubscriptions: string;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const computedArn = arn(props.region, "sns", props.accountId, props.name);

    const topic = new SnsTopic(this, "Resource", {
      name: props.name,
      ...(props.encryptionKeyArn === undefined ? {} : { kmsMasterKeyId: props.encryptionKeyArn }),
      signatureVersion: 2,
    });

    const policy = new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: policyJson("topic", [
        {
          Sid: "AllowPublisher",
          Effect: "Allow",
          Principal: { Service: props.publisher.service },
          Action: "sns:Publish",
          Resource: computedArn,
          Condition: fromPublisher(props.publisher, props.accountId),
        },
        ...(props.admitsEventRules === true
          ? [
              {
                Sid: "AllowEventRules",
                Effect: "Allow" as const,
                Principal: { Service: EVENT_RULES },
                Action: "sns:Publish",
                Resource: computedArn,
              },
            ]
          : []),
        ...refusals(computedArn),
      ]),
    });

    const subscriptions = endpointsOf(props.subscribers).map(
      ({ kind, protocol, endpoint }) =>
        new SnsTopicSubscription(this, stableId(kind, endpoint), { topicArn: topic.arn, protocol, endpoint }),
    );

    this.arn = policy.arn;
    const addresses = subscriptions.map((subscription) =>
      terraformAddressOf("aws_sns_topic_subscription", subscription),
    );
    this.pendingSubscriptions = `\${[for s in [${addresses.join(", ")}] : s.endpoint if s.pending_confirmation]}`;
  }
}

function refusals(topicArn: string): PolicyStatement[] {
  return [
    {
      Sid: "DenyInsecurePublish",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyPlainHttpSubscriptions",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Subscribe",
      Resource: topicArn,
      Condition: { StringEquals: { "sns:Protocol": "http" } },
    },
  ];
}
