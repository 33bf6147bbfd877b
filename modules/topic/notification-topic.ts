import { arn } from "../../lib/aws/partitions";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { endpointsOf, NO_SUBSCRIBERS, type Subscribers } from "../../lib/naming/subscriber-kinds";
import { terraformAddressOf } from "../escape-hatches";
import { policyJson, type PolicyStatement } from "../policy-document";
import { givenText, literalText } from "../given-text";
import { stableId } from "../stable-id";
import { alarmPublisher, EVENT_RULES, fromPublisher, TopicKey, type TopicPublisher } from "./topic-key";

/** In place of a key's ARN: messages have no key of the customer's. */
export const AWS_OWNED = "aws-owned";

export interface NotificationTopicProps {
  /** Name of the topic: 1 to 256 letters, digits, `-` or `_`. */
  readonly name: string;

  /** The 12-digit id of the account that owns the topic; the publisher publishes for this account. No token. */
  readonly accountId: string;

  /** Region of the topic, such as `eu-west-1`; an alarm reaches only topics of its own region. No token. */
  readonly region: string;

  /**
   * The service that may publish.
   *
   * @default - CloudWatch, for alarms of the account and region
   */
  readonly publisher?: TopicPublisher;

  /**
   * Whether rules of EventBridge in the account may publish too; a key that is given must admit them.
   *
   * @default false
   */
  readonly admitsEventRules?: boolean;

  /**
   * ARN of the customer-managed key that encrypts messages; it must admit the publisher too. `aws-owned`: no such key.
   * CloudWatch cannot publish to a topic whose key is `alias/aws/sns`.
   *
   * @default - a key of the topic's own, whose alias is the topic's name
   */
  readonly encryptionKeyArn?: string;

  /**
   * The subscribers, without duplicates: addresses for `email`, URLs for `https`, ARNs of queues for `sqs`. Each must
   * confirm, except queues of the topic's own account.
   *
   * @default - none
   */
  readonly subscribers?: Partial<Subscribers>;
}

/**
 * An encrypted topic that one AWS service may publish to, also EventBridge if wanted, and its subscriptions.
 *
 * Requests without TLS and subscriptions of plain http are denied. SNS User Guide: "Encryption at rest".
 */
export class NotificationTopic extends Construct {
  /** ARN of the topic; a reference to it depends on the policies that publishing needs. */
  public readonly arn: string;
  /** Terraform expression: the addresses that are not confirmed yet, and so get no messages. */
  public readonly pendingSubscriptions: string;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const { accountId, region } = literalText(this, { accountId: props.accountId, region: props.region });
    const computedArn = arn(region, "sns", accountId, props.name);
    const publisher = props.publisher ?? alarmPublisher(region, accountId);
    const admitsEventRules = props.admitsEventRules ?? false;
    const encryptionKeyArn =
      props.encryptionKeyArn ??
      new TopicKey(this, "key", { alias: props.name, region, accountId, publisher, admitsEventRules }).arn;

    const topic = new SnsTopic(this, "Resource", {
      name: props.name,
      ...(encryptionKeyArn === undefined || encryptionKeyArn === AWS_OWNED ? {} : { kmsMasterKeyId: encryptionKeyArn }),
      signatureVersion: 2,
    });

    const policy = new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: policyJson("topic", [
        {
          Sid: "AllowPublisher",
          Effect: "Allow",
          Principal: { Service: publisher.service },
          Action: "sns:Publish",
          Resource: computedArn,
          Condition: fromPublisher(publisher, accountId),
        },
        ...(admitsEventRules
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

    const subscriptions = endpointsOf({ ...NO_SUBSCRIBERS, ...props.subscribers }).map(
      ({ kind, protocol, endpoint }) => {
        const subscriptionId = stableId(kind, givenText(this, endpoint));
        return new SnsTopicSubscription(this, subscriptionId, { topicArn: topic.arn, protocol, endpoint });
      },
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
