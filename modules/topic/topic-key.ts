import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";
import type { PolicyStatement } from "../policy-document";

/** The AWS service that publishes, and for which of its resources. */
export interface TopicPublisher {
  /** Service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** ARNs of the resources it publishes for; `*` allowed. */
  readonly sourceArn: string | string[];
}

export interface TopicKeyProps {
  /** Name of the key's alias, without `alias/`. */
  readonly alias: string;

  /** The 12-digit id of the account that owns topics and key; the publisher publishes for this account. */
  readonly accountId: string;

  /** The one service that publishes to the topics. */
  readonly publisher: TopicPublisher;
}

/**
 * The key of topics that one AWS service publishes to.
 *
 * It is customer-managed: with `alias/aws/sns`, CloudWatch cannot publish, and only the alarm's history shows the
 * error.
 */
export class TopicKey extends Construct {
  /** ARN of the key. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: TopicKeyProps) {
    super(scope, id);
    this.arn = new EncryptionKey(this, "key", {
      alias: props.alias,
      description: "Trailwatch: notifications",
      accountId: props.accountId,
      statements: [
        {
          Sid: "AllowPublisher",
          Effect: "Allow",
          Principal: { Service: props.publisher.service },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          Condition: fromPublisher(props.publisher, props.accountId),
        },
      ],
    }).arn;
  }
}

/** The publisher, for its resources in this account: other customers of the service are not admitted. */
export function fromPublisher(publisher: TopicPublisher, accountId: string): NonNullable<PolicyStatement["Condition"]> {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": publisher.sourceArn },
  };
}
