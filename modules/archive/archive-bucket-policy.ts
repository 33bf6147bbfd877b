import { denyOutsideOrganization, exceptRole, type PolicyStatement } from "../policy-document";
import { admittedAccountTrails, inOrganization, type DeliveringTrails } from "./delivering-trails";

/** Only the organization of the trails may read or write. */
export interface ArchiveBucketPolicyProps extends DeliveringTrails {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Days that Object Lock keeps each object; the policy denies a shorter lock. */
  readonly retentionDays: number;
  /** Deny every writer except CloudTrail. */
  readonly denyWritesNotFromCloudTrail: boolean;
  /** The 12-digit id of the account that owns the bucket. */
  readonly accountId: string;
  /**
   * Name of a role in that account that may lift locks and delete objects.
   *
   * @default - no role may
   */
  readonly breakGlassRole?: string | undefined;
}

/**
 * What the archive bucket's policy allows and denies, besides requests without TLS.
 * Source: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail", organization trail.
 */
export function archiveBucketPolicy(props: ArchiveBucketPolicyProps): PolicyStatement[] {
  return [...refusals(props), ...deliveries(props)];
}

function refusals(props: ArchiveBucketPolicyProps): PolicyStatement[] {
  const objects = `${props.bucketArn}/*`;
  const spared = exceptRole(props, props.breakGlassRole);
  const statements: PolicyStatement[] = [
    denyOutsideOrganization(props.organizationId, {
      actions: ["s3:GetObject*", "s3:ListBucket*", "s3:PutObject*"],
      resources: [props.bucketArn, objects],
    }),
    {
      Sid: "DenyShorterRetention",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutObject", "s3:PutObjectRetention"],
      Resource: objects,
      Condition: { NumericLessThan: { "s3:object-lock-remaining-retention-days": String(props.retentionDays) } },
    },
    {
      // A retention without a date removes the lock. An upload without one gets the bucket's default.
      Sid: "DenyRetentionWithoutDate",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObjectRetention",
      Resource: objects,
      Condition: { Null: { "s3:object-lock-remaining-retention-days": "true" } },
    },
    {
      // In GOVERNANCE mode, an administrator could lift locks. Now the bucket's policy must be changed first, which
      // pack `guard` detects. Lifecycle rules are not subject to bucket policies (S3 User Guide, "Bucket policies").
      Sid: "DenyDeletion",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ReplicateDelete"],
      Resource: objects,
      ...spared,
    },
    {
      Sid: "DenyEndOfLegalHold",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObjectLegalHold",
      Resource: objects,
      Condition: { ...spared.Condition, StringEquals: { "s3:object-lock-legal-hold": "OFF" } },
    },
  ];
  if (!props.denyWritesNotFromCloudTrail) return statements;

  return [
    ...statements,
    {
      Sid: "DenyWritesNotFromCloudTrail",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"],
      Resource: objects,
      Condition: { StringNotEqualsIfExists: { "aws:PrincipalServiceName": "cloudtrail.amazonaws.com" } },
    },
  ];
}

function deliveries(props: ArchiveBucketPolicyProps): PolicyStatement[] {
  const { bucketArn, organizationId, organizationTrails } = props;
  const organizationTrailArns = organizationTrails.map((trail) => trail.arn);
  const { named, patterns } = admittedAccountTrails(props);
  const namedArns = [...organizationTrailArns, ...named.map((trail) => trail.arn)];
  const ofAccounts = inOrganization(organizationId, patterns);
  // AWS requires the owner's own prefix too, for a trail that later becomes a single-account trail.
  const owners = [...new Set(organizationTrails.map((trail) => trail.accountId))];

  return [
    ...(namedArns.length === 0
      ? []
      : [checkAcl(bucketArn, "20150319", { StringEquals: { "aws:SourceArn": namedArns } })]),
    ...(organizationTrails.length === 0
      ? []
      : [
          write(bucketArn, "Write20150319", owners, { StringEquals: { "aws:SourceArn": organizationTrailArns } }),
          write(bucketArn, "OrganizationWrite20150319", [organizationId], {
            StringEquals: { "aws:SourceArn": organizationTrailArns, "aws:SourceOrgID": organizationId },
          }),
        ]),
    ...named.map(({ accountId, arn }) =>
      write(bucketArn, `Write${accountId}`, [accountId], { StringEquals: { "aws:SourceArn": arn } }),
    ),
    ...(patterns.length === 0
      ? []
      : [
          checkAcl(bucketArn, "OfAccounts", ofAccounts),
          write(bucketArn, "WriteOfAccounts", ["${aws:SourceAccount}"], ofAccounts),
        ]),
  ];
}

const CLOUD_TRAIL = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;

type Condition = NonNullable<PolicyStatement["Condition"]>;

function checkAcl(bucketArn: string, suffix: string, fromTrails: Condition): PolicyStatement {
  return {
    Sid: `AWSCloudTrailAclCheck${suffix}`,
    ...CLOUD_TRAIL,
    Action: "s3:GetBucketAcl",
    Resource: bucketArn,
    Condition: fromTrails,
  };
}

function write(bucketArn: string, suffix: string, prefixes: readonly string[], fromTrails: Condition): PolicyStatement {
  const { StringEquals, ...others } = fromTrails;
  return {
    Sid: `AWSCloudTrail${suffix}`,
    ...CLOUD_TRAIL,
    Action: "s3:PutObject",
    Resource: prefixes.map((prefix) => `${bucketArn}/AWSLogs/${prefix}/*`),
    Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...StringEquals }, ...others },
  };
}
