import { arn, regionalService } from "../../lib/aws/partitions";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";

export interface EncryptedLogGroupProps {
  /** Name of the log group. */
  readonly name: string;

  /** Days that events are kept; one of the numbers that CloudWatch Logs accepts. */
  readonly retentionDays: number;

  /** Alias of the log group's key, without `alias/`. */
  readonly keyAlias: string;

  /** The 12-digit id of the account that owns log group and key. */
  readonly accountId: string;

  /** Region of log group and key; CloudWatch Logs can use the key only in this region. */
  readonly region: string;

  /**
   * Refuse every plan that would destroy the log group or its key.
   *
   * @default false - `terraform destroy` deletes the events, and the key 30 days later
   */
  readonly preventDestroy?: boolean;
}

/** A log group with its own key and a retention period. */
export class EncryptedLogGroup extends Construct {
  /** Name of the log group; a reference to it depends on the log group. */
  public readonly name: string;
  /** ARN without the trailing `:*` for its streams. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps) {
    super(scope, id);
    const computedArn = arn(props.region, "logs", props.accountId, `log-group:${props.name}`);

    const key = new EncryptionKey(this, "key", {
      region: props.region,
      purpose: "logs",
      alias: props.keyAlias,
      description: `Trailwatch: log group ${props.name}`,
      accountId: props.accountId,
      statements: [
        {
          Sid: "AllowCloudWatchLogs",
          Effect: "Allow",
          Principal: { Service: regionalService(props.region, "logs") },
          Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
          Resource: "*",
          Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": computedArn } },
        },
      ],
      preventDestroy: props.preventDestroy ?? false,
    });

    const group = new CloudwatchLogGroup(this, "Resource", {
      name: props.name,
      retentionInDays: props.retentionDays,
      ...(key.arn === undefined ? {} : { kmsKeyId: key.arn }),
      ...(props.preventDestroy === true ? { lifecycle: { preventDestroy: true } } : {}),
    });

    this.name = group.name;
    this.arn = group.arn;
  }
}
