import { arnPrefix, regionalService } from "../../lib/aws/partitions";
import type { PolicyStatement } from "../policy-document";

/** A trail that delivers into the archive. */
export interface DeliveringTrail {
  /** The 12-digit id of the account that owns the trail: for an organization trail the management account. */
  readonly accountId: string;
  /** ARN of the trail, computed: the trail can only be created once the archive admits it. */
  readonly arn: string;
}

export interface ArchiveKeyPolicyProps {
  /** Every trail that delivers into the archive. */
  readonly trails: readonly DeliveringTrail[];
  /** `o-…`; readers must be in it. */
  readonly organizationId: string;
  /** Region of the archive: readers must decrypt through S3 in this region. */
  readonly region: string;
  /** ARNs of roles that may decrypt; if empty, there is no statement for readers. */
  readonly readerRoleArns: readonly string[];
  /**
   * ARN of the bucket for readers' query results: it holds data of the archive, under the same key.
   *
   * @default - readers encrypt nothing with this key
   */
  readonly queryResultsBucketArn?: string | undefined;
}

/**
 * What the archive's key policy allows: CloudTrail for Trailwatch's trails, and readers through S3 only.
 * Source: CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail".
 */
export function archiveKeyPolicy(props: ArchiveKeyPolicyProps): PolicyStatement[] {
  const cloudTrail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Resource: "*" } as const;
  const fromOurTrails = { "aws:SourceArn": props.trails.map((trail) => trail.arn) };
  const owners = [...new Set(props.trails.map((trail) => trail.accountId))];

  const statements: PolicyStatement[] = [
    {
      Sid: "AllowCloudTrailEncrypt",
      ...cloudTrail,
      Action: "kms:GenerateDataKey*",
      Condition: {
        StringEquals: fromOurTrails,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": owners.map(
            (owner) => `${arnPrefix(props.region)}:cloudtrail:*:${owner}:trail/*`,
          ),
        },
      },
    },
    {
      // CloudTrail checks this when it creates or updates a trail into a bucket with an S3 bucket key.
      Sid: "AllowCloudTrailDecryptForBucketKey",
      ...cloudTrail,
      Action: "kms:Decrypt",
      Condition: { StringEquals: fromOurTrails },
    },
    {
      Sid: "AllowCloudTrailDescribe",
      ...cloudTrail,
      Action: "kms:DescribeKey",
      Condition: { StringEquals: fromOurTrails },
    },
  ];
  if (props.readerRoleArns.length === 0) return statements;

  const { queryResultsBucketArn } = props;
  const readers = { Effect: "Allow" as const, Principal: { AWS: [...props.readerRoleArns] } };
  const viaS3 = {
    "kms:ViaService": regionalService(props.region, "s3"),
    "aws:PrincipalOrgID": props.organizationId,
  };
  return [
    ...statements,
    {
      Sid: "AllowLogReadersDecryptViaS3",
      ...readers,
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "*",
      Condition: { StringEquals: viaS3 },
    },
    ...(queryResultsBucketArn === undefined
      ? []
      : [
          {
            Sid: "AllowLogReadersEncryptResults",
            ...readers,
            Action: "kms:GenerateDataKey",
            Resource: "*",
            // The encryption context is the bucket's ARN with an S3 bucket key, otherwise the object's.
            Condition: {
              StringEquals: viaS3,
              StringLike: {
                "kms:EncryptionContext:aws:s3:arn": [queryResultsBucketArn, `${queryResultsBucketArn}/*`],
              },
            },
          },
        ]),
  ];
}
