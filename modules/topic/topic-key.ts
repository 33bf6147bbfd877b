import { Construct } from "constructs";
import { arn } from "../../lib/aws/partitions";
import { EncryptionKey } from "../encryption-key/encryption-key";
import type { PolicyStatement } from "../policy-document";

/** The AWS service that publishes, and for which of its resources. */
export interface TopicPublisher {
  /** Service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** ARNs of the resources it publishes for; `*` allowed. */
  readonly sourceArn: string | string[];
}

/** CloudWatch, for the alarms of an account in a region. */
export function alarmPublisher(region: string, accountId: string): TopicPublisher {
  return { service: "cloudwatch.amazonaws.com", sourceArn: arn(region, "cloudwatch", accountId, "alarm:*") };
}

export interface TopicKeyProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** Name of the key's alias, without `alias/`. */
  readonly alias: string;

  /** The 12-digit id of the account that owns topics and key; the publisher publishes for this account. */
  readonly accountId: string;

  /**
   * The service that publishes to the topics.
   *
   * @default - CloudWatch, for alarms of the account and region
   */
  readonly publisher?: TopicPublisher;

  /**
   * Whether rules of EventBridge in the account publish too.
   *
   * @default false
   */
  readonly admitsEventRules?: boolean;

  /**
   * Tags besides the stack's.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The key of topics that one AWS service publishes to.
 *
 * It is customer-managed: with `alias/aws/sns`, CloudWatch cannot publish, and only the alarm's history shows the
 * error.
 */
export class TopicKey extends Construct {
  /** ARN of the key; undefined: messages have no key of the customer's. */
  public readonly arn: string | undefined;

  constructor(scope: Construct, id: string, props: TopicKeyProps) {
    super(scope, id);
    const publisher = props.publisher ?? alarmPublisher(props.region, props.accountId);
    this.arn = new EncryptionKey(this, "key", {
      region: props.region,
      purpose: "topics",
      alias: props.alias,
      description: "Trailwatch: notifications",
      accountId: props.accountId,
      tags: props.tags,
      statements: [
        {
          Sid: "AllowPublisher",
          Effect: "Allow",
          Principal: { Service: publisher.service },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: fromPublisher(publisher, props.accountId),
        },
        ...(props.admitsEventRules === true
          ? [
              {
                Sid: "AllowEventRules",
                Effect: "Allow" as const,
                Principal: { Service: EVENT_RULES },
                Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
                Resource: "*",
              },
            ]
          : []),
      ],
    }).arn;
  }
}

/**
 * The service that publishes for rules of EventBridge. Its permissions have no condition: AWS's example policies show
 * none, and a message that a condition refuses is lost.
 * Source: EventBridge User Guide, "Amazon SNS permissions" and "My rule ran but I don't see any messages published into
 * my Amazon SNS topic".
 */
export const EVENT_RULES = "events.amazonaws.com";

/** The publisher, for its resources in this account: other customers of the service are not admitted. */
export function fromPublisher(publisher: TopicPublisher, accountId: string): NonNullable<PolicyStatement["Condition"]> {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": publisher.sourceArn },
  };
}
