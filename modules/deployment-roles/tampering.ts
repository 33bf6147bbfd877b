import type { OwnNames } from "../../lib/naming/own-names";
import { arnPrefix, globalArn, regionalService, roleArn } from "../../lib/aws/partitions";
import type { PolicyStatement } from "../policy-document";
import { ownRoleArn, type IamNaming } from "../../lib/naming/role-names";

export interface TamperingProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;
  /** The 12-digit id of the account. */
  readonly accountId: string;
  readonly iam: IamNaming;
  readonly own: OwnNames;
  /** Names of the roles for deploying, and of administrators; those with a path with it. */
  readonly roles: readonly string[];
  /** ARN of the boundary of roles. */
  readonly boundaryArn: string;
  /**
   * Alias of the key of Terraform's state, without `alias/`, in the account that owns it.
   *
   * @default - state is elsewhere
   */
  readonly stateKeyAlias?: string | undefined;
}

/** Prefixes of all of KMS's write actions that deployments may use. */
const KMS_WRITES = ["Create*", "Delete*", "Enable*", "Put*", "Tag*", "Untag*", "Update*"].map(
  (action) => `kms:${action}`,
);

/**
 * What a deployment may never do, whatever else is allowed: stop recording, shorten the lock, lose the keys, leave the
 * organization, or widen the deployment's own permissions. If necessary, an administrator does it.
 */
export function denyTampering(props: TamperingProps): PolicyStatement[] {
  const { accountId, region, iam, own, roles, boundaryArn, stateKeyAlias } = props;
  const keys = `${arnPrefix(region)}:kms:*:${accountId}:key/*`;
  return [
    {
      Sid: "DenyTampering",
      Effect: "Deny",
      Action: [
        ...["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
        ...["s3:PutBucketObjectLockConfiguration", "s3:BypassGovernanceRetention", "s3:PutObjectRetention"],
        ...["s3:PutObjectLegalHold", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"],
        ...["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:DeleteImportedKeyMaterial", "kms:DisableKeyRotation"],
        ...["organizations:LeaveOrganization", "organizations:DisableAWSServiceAccess"],
        "iam:DeleteRolePermissionsBoundary",
      ],
      Resource: "*",
    },
    {
      // With its own tag on a key of others, a deployment could replace the key's policy. Tags of a new key are checked
      // before the key exists, without its ARN, so that this does not apply to `CreateKey`: an error of `CreateKey`
      // names no resource, one of `TagResource` names the key. A negated operator also matches a key without the tag.
      // Source: KMS Developer Guide, "Controlling access to tags": the permission to tag a new key must not be
      // restricted to particular keys.
      Sid: "DenyTakeover",
      Effect: "Deny",
      Action: ["kms:TagResource", "kms:PutKeyPolicy"],
      Resource: keys,
      Condition: { StringNotLike: { [`aws:ResourceTag/${own.stackTag}`]: "?*" } },
    },
    {
      // Keys without an alias have no values to compare: new ones get theirs later. `DenyTakeover` covers them.
      Sid: "DenyKeysOfOthers",
      Effect: "Deny",
      Action: KMS_WRITES,
      Resource: keys,
      Condition: { "ForAnyValue:StringNotLike": { "kms:ResourceAliases": own.arns.keyAliases } },
    },
    {
      // A key whose policy admits no one is lost.
      Sid: "DenyLockout",
      Effect: "Deny",
      Action: ["kms:CreateKey", "kms:PutKeyPolicy"],
      Resource: "*",
      Condition: { Bool: { "kms:BypassPolicyLockoutSafetyCheck": "true" } },
    },
    ...(stateKeyAlias === undefined
      ? []
      : [
          {
            Sid: "DenyStateKey",
            Effect: "Deny" as const,
            Action: KMS_WRITES,
            Resource: keys,
            Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${stateKeyAlias}` } },
          },
        ]),
    {
      Sid: "DenyOwnRights",
      Effect: "Deny",
      // Everything that does not read: lists of writes miss later ones.
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [
        ...roles.map((role) => roleArn(region, accountId, role)),
        ownRoleArn(region, iam, accountId, `${own.entryRolePrefix}*`),
        boundaryArn,
        globalArn(region, "iam", accountId, "oidc-provider/*"),
      ],
    },
  ];
}

/**
 * The permissions boundary of roles that a deployment creates for a service, whatever their own policy says.
 * `organizationId`: nothing may be sent out of it. `existingLogGroups`: whose events the alert hub reads too, as the
 * resource part of an ARN.
 */
export function boundaryStatements(
  { accountId, region, iam, own }: Pick<TamperingProps, "accountId" | "region" | "iam" | "own">,
  organizationId: string,
  existingLogGroups: readonly string[],
): PolicyStatement[] {
  const here = (service: string, resource: string) => `${arnPrefix(region)}:${service}:*:${accountId}:${resource}`;
  return [
    {
      Sid: "WriteEvents",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: own.arns.logGroups.map((group) => here("logs", group)),
    },
    { Sid: "Heartbeat", Effect: "Allow", Action: "ssm:PutParameter", Resource: here("ssm", own.arns.parameters) },
    // Also to the hub, which may be in another account.
    {
      Sid: "Forward",
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: `${arnPrefix(region)}:events:*:*:event-bus/*`,
      Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
    },
    {
      Sid: "Publish",
      Effect: "Allow",
      Action: ["sns:Publish", "sqs:SendMessage"],
      Resource: [here("sns", own.arns.topics), here("sqs", own.arns.queues)],
    },
    {
      // The alert hub counts repeated alarms, and collects notices.
      Sid: "CountAlarms",
      Effect: "Allow",
      Action: ["dynamodb:UpdateItem", "dynamodb:Query"],
      Resource: here("dynamodb", own.arns.dynamoTables),
    },
    {
      Sid: "Post",
      Effect: "Allow",
      Action: "events:InvokeApiDestination",
      Resource: here("events", own.arns.apiDestinations),
    },
    {
      Sid: "StartHub",
      Effect: "Allow",
      Action: ["states:StartExecution", "states:StartSyncExecution"],
      Resource: here("states", own.arns.stateMachines),
    },
    {
      // The alert hub reads the events of an alarm, in each account with the account's own role.
      Sid: "AssumeDetails",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: ownRoleArn(region, iam, "*", own.alertDetails),
      Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
    },
    {
      Sid: "ReadDetails",
      Effect: "Allow",
      Action: "logs:FilterLogEvents",
      Resource: [...own.arns.logGroups, ...existingLogGroups.flatMap((group) => [group, `${group}:*`])].map((group) =>
        here("logs", group),
      ),
    },
    {
      Sid: "FindFilters",
      Effect: "Allow",
      Action: "logs:DescribeMetricFilters",
      Resource: here("logs", "log-group:*"),
    },
    {
      // The alert hub publishes to encrypted topics with its own role.
      Sid: "EncryptMessages",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: here("kms", "key/*"),
      Condition: { StringLike: { "kms:ViaService": regionalService(region, "sns", "*") } },
    },
    {
      // DynamoDB uses a table's key with the permissions of its caller.
      Sid: "UseTableKey",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: here("kms", "key/*"),
      Condition: { StringLike: { "kms:ViaService": regionalService(region, "dynamodb", "*") } },
    },
  ];
}
