import { denyOutsideOrganization, exceptRole, type PolicyStatement } from "../policy-document";
import type { DeliveringTrail } from "./archive-key-policy";

export interface ArchiveBucketPolicyProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** `o-…`; only this organization may read or write. */
  readonly organizationId: string;
  /** Trails of the whole organization; they write under the organization's id and their owner's. */
  readonly organizationTrails: readonly DeliveringTrail[];
  /** Trails of single accounts; each writes under its account's id. */
  readonly accountTrails: readonly DeliveringTrail[];
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
  const cloudTrail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;
  const organizationTrailArns = props.organizationTrails.map((trail) => trail.arn);
  const owners = [...new Set(props.organizationTrails.map((trail) => trail.accountId))];
  const write = (sid: string, prefixes: string[], condition: Record<string, string | string[]>): PolicyStatement => ({
    Sid: sid,
    ...cloudTrail,
    Action: "s3:PutObject",
    Resource: prefixes.map((prefix) => `${props.bucketArn}/AWSLogs/${prefix}/*`),
    Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...condition } },
  });

  return [
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      ...cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: props.bucketArn,
      Condition: {
        StringEquals: {
          "aws:SourceArn": [...organizationTrailArns, ...props.accountTrails.map((trail) => trail.arn)],
        },
      },
    },
    // AWS requires the owner's own prefix too, for a trail that later becomes a single-account trail.
    write("AWSCloudTrailWrite20150319", owners, { "aws:SourceArn": organizationTrailArns }),
    write("AWSCloudTrailOrganizationWrite20150319", [props.organizationId], {
      "aws:SourceArn": organizationTrailArns,
      "aws:SourceOrgID": props.organizationId,
    }),
    ...props.accountTrails.map((trail) =>
      write(`AWSCloudTrailWrite${trail.accountId}`, [trail.accountId], { "aws:SourceArn": trail.arn }),
    ),
  ];
}
