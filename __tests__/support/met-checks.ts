import { isArguments } from "../../lib/terraform/read/arguments";
import type { Organization } from "../../organization/organization";
import type { SynthesizedResource } from "./variants";

/** What checks of scanners require of resources of one type, read from the rules of the scanners. */
interface Requirement {
  /** Ids of checks that docs/compliance.md says are met, or waived for `exceptIn` only. */
  readonly checks: readonly string[];
  readonly type: string;
  /** The beginning of ids of stacks whose resources need not meet it. @default - none */
  readonly exceptIn?: string;
  /** Only a customer's key meets it, so that it does not hold with `encryption: aws-owned`. @default false */
  readonly needsKey?: boolean;
  readonly meets: (resource: SynthesizedResource, all: readonly SynthesizedResource[]) => boolean;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

const REQUIREMENTS: readonly Requirement[] = [
  {
    checks: ["S3.5", "AwsSolutions-S10", "s3_bucket_secure_transport_policy"],
    type: "aws_s3_bucket",
    meets: (bucket, all) => namedBy(all, "aws_s3_bucket_policy", bucket).some((policy) => deniesHttp(policy, "s3:*")),
  },
  {
    checks: ["S3.2", "S3.3", "S3.8", "AWS-0094", "CKV2_AWS_6", "AwsSolutions-S2"],
    type: "aws_s3_bucket",
    meets: (bucket, all) =>
      namedBy(all, "aws_s3_bucket_public_access_block", bucket).some(({ values }) =>
        BLOCKS.every((block) => values[block] === true),
      ),
  },
  { checks: ["S3.13", "CKV2_AWS_61"], type: "aws_s3_bucket", meets: has("aws_s3_bucket_lifecycle_configuration") },
  { checks: ["S3.12", "CKV2_AWS_65"], type: "aws_s3_bucket", meets: has("aws_s3_bucket_ownership_controls") },
  { checks: ["AWS-0090", "CKV_AWS_21"], type: "aws_s3_bucket", meets: has("aws_s3_bucket_versioning") },
  {
    checks: ["AwsSolutions-SNS3", "AWS-0136", "CKV_AWS_26"],
    type: "aws_sns_topic",
    needsKey: true,
    meets: ({ values }) => /aws_kms_(alias|key)\.|^arn:[^:]+:kms:/.test(String(values.kms_master_key_id)),
  },
  {
    checks: ["AwsSolutions-SNS3", "SNS.4", "CKV_AWS_169"],
    type: "aws_sns_topic_policy",
    meets: (policy) => deniesHttp(policy, "sns:Publish") && !isPublic(policy),
  },
  {
    checks: ["AwsSolutions-SQS2", "SQS.1", "AWS-0096", "CKV_AWS_27"],
    type: "aws_sqs_queue",
    meets: ({ values }) => values.sqs_managed_sse_enabled === true,
  },
  {
    checks: ["AwsSolutions-SQS4"],
    type: "aws_sqs_queue",
    meets: (queue, all) => namedBy(all, "aws_sqs_queue_policy", queue).some((policy) => deniesHttp(policy, "sqs:*")),
  },
  {
    checks: ["SQS.3", "CKV_AWS_168"],
    type: "aws_sqs_queue_policy",
    meets: (policy) => !isPublic(policy),
  },
  {
    checks: ["KMS.5", "CKV_AWS_7", "CKV_AWS_33", "AwsSolutions-KMS5", "AWS-0065"],
    type: "aws_kms_key",
    meets: (key) => key.values.enable_key_rotation === true && !isPublic(key),
  },
  {
    checks: ["IAM.1", "AWS-0345"],
    type: "aws_iam_role_policy",
    meets: (policy) => !allows(policy, ({ Action }) => listOf(Action).some((action) => ["*", "s3:*"].includes(action))),
  },
  {
    // Security Hub does not evaluate conditions here.
    checks: ["KMS.2"],
    type: "aws_iam_role_policy",
    exceptIn: "deployment-roles-",
    meets: (policy) =>
      !allows(
        policy,
        ({ Sid, Action, Resource }) =>
          // The keys of topics that exist are unknown.
          Sid !== "EncryptForExisting" && listOf(Action).some(isDecryption) && listOf(Resource).some(isEveryKey),
      ),
  },
  {
    checks: ["EventBridge.3"],
    type: "aws_cloudwatch_event_bus",
    meets: (bus, all) => namedBy(all, "aws_cloudwatch_event_bus_policy", bus).length > 0,
  },
  {
    checks: ["CloudTrail.1", "CloudTrail.4", "AWS-0014", "AWS-0016"],
    type: "aws_cloudtrail",
    meets: ({ values }) => values.is_multi_region_trail === true && values.enable_log_file_validation === true,
  },
  {
    checks: ["CKV_AWS_66", "CKV_AWS_338"],
    type: "aws_cloudwatch_log_group",
    meets: ({ values }) => Number(values.retention_in_days) >= 365,
  },
  ...[
    { checks: ["CloudTrail.2", "AWS-0015"], type: "aws_cloudtrail" },
    { checks: ["CKV_AWS_158", "AWS-0017"], type: "aws_cloudwatch_log_group" },
  ].map((encrypted) => ({
    ...encrypted,
    needsKey: true,
    meets: ({ values }: SynthesizedResource) => values.kms_key_id !== undefined,
  })),
];

/** Ids of the checks whose requirements are known. */
export const REQUIRED_CHECKS = [...new Set(REQUIREMENTS.flatMap(({ checks }) => checks))];

/** Resources that do not meet the requirement of a check, with the ids of the checks. */
export function unmetChecks(
  all: readonly SynthesizedResource[],
  { encryption }: Pick<Organization, "encryption">,
): string[] {
  const required = REQUIREMENTS.filter(({ needsKey }) => needsKey !== true || encryption === "customer-key");
  return required.flatMap(({ checks, type, exceptIn, meets }) =>
    all
      .filter((resource) => resource.type === type && !meets(resource, all))
      .filter(({ stack }) => exceptIn === undefined || !stack.startsWith(exceptIn))
      .map(({ stack, id }) => `${stack}: ${type}.${id} does not meet ${checks.join(", ")}`),
  );
}

function has(type: string): Requirement["meets"] {
  return (bucket, all) => namedBy(all, type, bucket).length > 0;
}

/** Resources of a type in the same stack with an argument that refers to the resource, or is its name. */
function namedBy(all: readonly SynthesizedResource[], type: string, of: SynthesizedResource): SynthesizedResource[] {
  const names = [of.values.bucket, of.values.name].filter((name) => typeof name === "string");
  return all.filter(
    ({ stack, type: other, values }) =>
      stack === of.stack &&
      other === type &&
      Object.values(values).some(
        (value) => typeof value === "string" && (value.startsWith(`\${${of.type}.${of.id}.`) || names.includes(value)),
      ),
  );
}

function deniesHttp(policy: SynthesizedResource, action: string): boolean {
  return statementsOf(policy).some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      Principal === "*" &&
      listOf(Action).includes(action) &&
      Condition?.Bool?.["aws:SecureTransport"] === "false",
  );
}

/** Whether anyone is allowed something, without a condition. */
function isPublic(policy: SynthesizedResource): boolean {
  return allows(
    policy,
    ({ Principal, Condition }) =>
      Condition === undefined && (Principal === "*" || (isArguments(Principal) && Principal.AWS === "*")),
  );
}

function allows(policy: SynthesizedResource, what: (statement: Statement) => boolean): boolean {
  return statementsOf(policy).some((statement) => statement.Effect === "Allow" && what(statement));
}

function isEveryKey(resource: string): boolean {
  return resource === "*" || /:key\/\*$/.test(resource);
}

function isDecryption(action: string): boolean {
  return ["*", "kms:*", "kms:decrypt", "kms:reencryptfrom", "kms:reencrypt*"].includes(action.toLowerCase());
}

function statementsOf({ values }: SynthesizedResource): readonly Statement[] {
  return typeof values.policy === "string" && values.policy.startsWith("{")
    ? (JSON.parse(values.policy) as { Statement: readonly Statement[] }).Statement
    : [];
}

function listOf(value: string | readonly string[] = []): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
