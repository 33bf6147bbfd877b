import { arn } from "../../lib/aws/partitions";
import { trailArn } from "../../lib/naming/trails";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { EncryptedLogGroup } from "../log-group/encrypted-log-group";
import { literalText } from "../given-text";
import { OnlyPolicies } from "../only-policies";
import { policyJson } from "../policy-document";

export interface TrailLogGroupProps {
  /** Name of the log group, such as `/security/organization-trail`. */
  readonly logGroupName: string;

  /** Days that events are kept; one of the numbers that CloudWatch Logs accepts, such as 90, 365 or 3653. */
  readonly retentionDays: number;

  /** Name of the trail that writes, also of CloudTrail's role, and alias of the log group's key. */
  readonly trailName: string;

  /** The 12-digit id of the account that owns the trail, the log group and the role. No token. */
  readonly accountId: string;

  /** Home region of the trail and region of the log group. No token. */
  readonly region: string;

  /**
   * `o-…` of an organization trail, which also writes the streams of the organization's members.
   *
   * @default - the trail is one of a single account
   */
  readonly organizationId?: string;

  /**
   * Refuse every plan that would destroy the log group or its key.
   *
   * @default false - `terraform destroy` deletes the events, and the key 30 days later
   */
  readonly preventDestroy?: boolean;
}

/** The log group of a trail, and the role that may write only there. */
export class TrailLogGroup extends Construct {
  /** Name of the log group. */
  public readonly logGroupName: string;
  /** The log group's ARN in the form that CloudTrail requires, with `:*`. */
  public readonly streamsArn: string;
  /** ARN of CloudTrail's role. */
  public readonly roleArn: string;
  /** CreateTrail tests this: the role must be able to write before the trail is created. */
  public readonly permission: IamRolePolicy;

  constructor(scope: Construct, id: string, props: TrailLogGroupProps) {
    super(scope, id);
    const { accountId, region } = literalText(this, { accountId: props.accountId, region: props.region });
    const { trailName } = props;

    const logGroup = new EncryptedLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionDays: props.retentionDays,
      keyAlias: trailName,
      accountId,
      region,
      preventDestroy: props.preventDestroy ?? false,
    });

    const role = new IamRole(this, "role", {
      name: trailName,
      assumeRolePolicy: policyJson("trust", [
        {
          Sid: "CloudTrailAssume",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceArn": trailArn(region, accountId, trailName), "aws:SourceAccount": accountId },
          },
        },
      ]),
    });

    const streams = arn(region, "logs", accountId, `log-group:${props.logGroupName}:log-stream`);
    this.permission = new IamRolePolicy(this, "permission", {
      name: "write-log-streams",
      role: role.id,
      policy: policyJson("role", [
        {
          Sid: "AWSCloudTrailLogStreams",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          // The two forms of stream names that CloudTrail uses (CloudTrail User Guide, organization trails).
          Resource: [
            `${streams}:${accountId}_CloudTrail_${region}*`,
            ...(props.organizationId === undefined ? [] : [`${streams}:${props.organizationId}_*`]),
          ],
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [this.permission] });

    this.logGroupName = logGroup.name;
    this.streamsArn = `${logGroup.arn}:*`;
    this.roleArn = role.arn;
  }
}
