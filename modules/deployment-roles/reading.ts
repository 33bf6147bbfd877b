import type { OwnNames } from "../../lib/naming/own-names";
import { arnPrefix, bucketArn, regionalService } from "../../lib/aws/partitions";
import type { PolicyStatement } from "../policy-document";

/** Where Terraform's state is, for the account that owns it. */
export interface StateBucketAccess {
  readonly bucket: string;
  readonly region: string;
  /** Keys of the states: a pattern, such as that of `stateKey`. */
  readonly objects: string;
  /**
   * Alias of the key that Trailwatch creates for its bucket, without `alias/`.
   *
   * @default - the bucket exists: Trailwatch manages neither it nor its key
   */
  readonly keyAlias?: string | undefined;
  /**
   * ARN of a key that exists.
   *
   * @default - none
   */
  readonly keyArn?: string | undefined;
}

/** Reads how resources are configured: no records of the archive, no events of log groups, no values of secrets. */
export function readConfiguration(
  { accountId, region, own }: { readonly accountId: string; readonly region: string; readonly own: OwnNames },
  buckets: readonly string[],
): PolicyStatement[] {
  return [
    {
      Sid: "ReadConfiguration",
      Effect: "Allow",
      Action: [
        // Listed by name, because similar actions return events: GetQueryResults, ListInsightsData,
        // GetInsightRuleReport.
        ...["cloudtrail:DescribeTrails", "cloudtrail:GetTrail*", "cloudtrail:Get*Selectors", "cloudtrail:ListT*"],
        ...["cloudwatch:Describe*", "cloudwatch:GetDashboard", "cloudwatch:GetMetric*", "cloudwatch:List*"],
        ...["logs:Describe*", "logs:ListTags*"],
        ...["events:Describe*", "events:List*", "scheduler:Get*", "scheduler:List*"],
        ...["states:DescribeStateMachine", "states:List*", "states:ValidateStateMachineDefinition"],
        "chatbot:Describe*",
        ...["sns:Get*", "sns:List*", "sqs:GetQueue*", "sqs:ListQueueTags"],
        ...["kms:DescribeKey", "kms:GetKey*", "kms:List*"],
        ...["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:ListSecrets"],
        ...["iam:Get*", "iam:List*", "organizations:Describe*", "organizations:List*"],
        ...["s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration"],
        ...["s3:GetAccelerateConfiguration", "s3:GetReplicationConfiguration"],
        ...["ssm:DescribeParameters", "ssm:ListTagsForResource"],
        ...["athena:GetWorkGroup", "athena:GetNamedQuery", "athena:List*", "glue:GetDatabase", "glue:GetTable"],
        ...["glue:GetTags", "dynamodb:Describe*", "dynamodb:ListTagsOfResource"],
      ],
      Resource: "*",
    },
    {
      Sid: "ReadHeartbeat",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      Resource: `${arnPrefix(region)}:ssm:*:${accountId}:${own.arns.parameters}`,
    },
    // HeadBucket needs the permission to list objects.
    ...(buckets.length === 0
      ? []
      : [
          {
            Sid: "FindBuckets",
            Effect: "Allow" as const,
            Action: "s3:ListBucket",
            Resource: buckets.map((name) => bucketArn(region, name)),
          },
        ]),
  ];
}

/** `verify` looks for the events of its own calls. */
export const LOOK_UP_EVENTS: PolicyStatement = {
  Sid: "LookUpEvents",
  Effect: "Allow",
  // The alert hub's executions hold its messages.
  Action: ["cloudtrail:LookupEvents", "states:GetExecutionHistory"],
  Resource: "*",
};

/** Secrets that Trailwatch creates in an account. */
export interface CreatedSecrets {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;
  readonly own: OwnNames;
  /** The 12-digit id of the account. */
  readonly accountId: string;
  /** Names of the secrets. */
  readonly secrets: readonly string[];
}

/**
 * Terraform reads the secret version that it created, which counts as reading the secret. AWS has no key that
 * distinguishes that version from the current one, so this permission also reads the values of Trailwatch's secrets. It
 * is limited to those by name, because any other secret could be given a tag.
 *
 * `actions`: further allowed actions on them. Source: Secrets Manager User Guide, "Identity-based policies": the ARN
 * ends with six characters that are unknown before the secret exists.
 */
export function readCreatedSecrets(
  { accountId, region, own, secrets }: CreatedSecrets,
  actions: readonly string[] = [],
): PolicyStatement[] {
  if (secrets.length === 0) return [];
  return [
    {
      Sid: "CreatedSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", ...actions],
      Resource: secrets.map((name) => `${arnPrefix(region)}:secretsmanager:*:${accountId}:secret:${name}-??????`),
    },
    {
      Sid: "DecryptCreatedSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `${arnPrefix(region)}:kms:*:${accountId}:key/*`,
      Condition: {
        StringLike: { "kms:ViaService": regionalService(region, "secretsmanager", "*") },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${own.secretsKeyAlias}` },
      },
    },
  ];
}

/**
 * State: read; read under a lock; or read and written under a lock. State can never be deleted.
 * Source: Terraform, S3 backend, permissions with `use_lockfile`.
 */
export function stateStatements(state: StateBucketAccess, access: "read" | "lock" | "write"): PolicyStatement[] {
  const objects = bucketArn(state.region, `${state.bucket}/${state.objects}`);
  const keyUses = access === "read" ? "kms:Decrypt" : ["kms:Decrypt", "kms:GenerateDataKey"];
  const throughS3 = { "kms:ViaService": regionalService(state.region, "s3") };
  return [
    {
      Sid: "FindState",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn(state.region, state.bucket),
    },
    {
      Sid: access === "write" ? "ReadAndWriteState" : "ReadState",
      Effect: "Allow",
      Action: access === "write" ? ["s3:GetObject", "s3:PutObject"] : "s3:GetObject",
      Resource: objects,
    },
    ...(access === "read"
      ? []
      : [
          {
            Sid: "LockState",
            Effect: "Allow" as const,
            Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            Resource: `${objects}.tflock`,
          },
        ]),
    ...(state.keyAlias === undefined
      ? []
      : [
          {
            Sid: "UseStateKey",
            Effect: "Allow" as const,
            Action: keyUses,
            Resource: "*",
            Condition: {
              StringEquals: throughS3,
              "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${state.keyAlias}` },
            },
          },
        ]),
    ...(state.keyArn === undefined
      ? []
      : [
          {
            Sid: "UseExistingStateKey",
            Effect: "Allow" as const,
            Action: keyUses,
            Resource: state.keyArn,
            Condition: { StringEquals: throughS3 },
          },
        ]),
  ];
}
