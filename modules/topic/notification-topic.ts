import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { addressOf } from "../escape-hatches";
import { policyJson, type PolicyStatement } from "../policy-document";
import { stableId } from "../stable-id";

/** The AWS service that publishes, and for which of its resources. */
export interface Publisher {
  /** Service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** ARNs of the resources it publishes for; `*` allowed. */
  readonly sourceArn: string | string[];
}

/** Who gets the messages. Each one must confirm, but for queues of the topic's own account. */
export interface Subscribers {
  /** Mail addresses. */
  readonly email: readonly string[];
  /** `https://` addresses; they stand in Terraform's state, so none with a token in it. */
  readonly https: readonly string[];
  /** ARNs of standard SQS queues. */
  readonly sqs: readonly string[];
}

export interface NotificationTopicProps {
  /** Name of the topic and alias of its key: 1 to 256 letters, digits, `-` or `_`. */
  readonly name: string;

  /** The 12-digit id of the account that owns the topic; the publisher publishes for this account. */
  readonly accountId: string;

  /** Region of the topic and its key; an alarm reaches topics of its own region only. */
  readonly region: string;

  /** The one service that may publish. */
  readonly publisher: Publisher;

  /** Who gets the messages; nobody twice. */
  readonly subscribers: Subscribers;
}

/**
 * An encrypted topic that one AWS service may publish to, and its subscriptions.
 *
 * The key is the customer's own: with `alias/aws/sns` CloudWatch cannot publish, and says so only in the alarm's history.
 */
export class NotificationTopic extends Construct {
  /** ARN of the topic; using it waits for the policies that publishing needs. */
  public readonly arn: string;
  /** Terraform expression: the addresses whose owners have not confirmed yet, and so hear nothing. */
  public readonly pendingSubscriptions: string;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const computedArn = `arn:aws:sns:${props.region}:${props.accountId}:${props.name}`;
    const fromPublisher = {
      StringEquals: { "aws:SourceAccount": props.accountId },
      ArnLike: { "aws:SourceArn": props.publisher.sourceArn },
    };

    const key = new EncryptionKey(this, "key", {
      alias: props.name,
      description: `Trailwatch: topic ${props.name}`,
      accountId: props.accountId,
      statements: [
        {
          Sid: "AllowPublisher",
          Effect: "Allow",
          Principal: { Service: props.publisher.service },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: fromPublisher,
        },
      ],
    });

    const topic = new SnsTopic(this, "Resource", { name: props.name, kmsMasterKeyId: key.arn, signatureVersion: 2 });

    const policy = new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: policyJson("topic", [
        {
          Sid: "AllowPublisher",
          Effect: "Allow",
          Principal: { Service: props.publisher.service },
          Action: "sns:Publish",
          Resource: computedArn,
          Condition: fromPublisher,
        },
        ...refusals(computedArn),
      ]),
    });

    const subscriptions = (["email", "https", "sqs"] as const).flatMap((protocol) =>
      props.subscribers[protocol].map(
        (endpoint) =>
          new SnsTopicSubscription(this, stableId(protocol, endpoint), { topicArn: topic.arn, protocol, endpoint }),
      ),
    );

    this.arn = policy.arn;
    const addresses = subscriptions.map((subscription) => addressOf("aws_sns_topic_subscription", subscription));
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
