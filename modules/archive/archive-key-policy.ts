import { arnPrefix, regionalService } from "../../lib/aws/partitions";
import type { PolicyStatement } from "../policy-document";
import { admittedAccountTrails, inOrganization, type DeliveringTrails } from "./delivering-trails";

/** Readers must be in the organization of the trails. */
export interface ArchiveKeyPolicyProps extends DeliveringTrails {
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
  const { named, patterns } = admittedAccountTrails(props);
  const trails = [...props.organizationTrails, ...named];
  const owners = [...new Set(trails.map((trail) => trail.accountId))];
  const statements = [
    ...(trails.length === 0
      ? []
      : encryption(props.region, "", owners, { StringEquals: { "aws:SourceArn": trails.map((trail) => trail.arn) } })),
    ...(patterns.length === 0
      ? []
      : encryption(props.region, "OfAccounts", ["*"], inOrganization(props.organizationId, patterns))),
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

/**
 * What CloudTrail needs of the key.
 *
 * @param suffix of the statements' ids
 * @param owners accounts of the trails
 * @param fromTrails condition of a request for these trails
 */
function encryption(
  region: string,
  suffix: string,
  owners: readonly string[],
  fromTrails: NonNullable<PolicyStatement["Condition"]>,
): PolicyStatement[] {
  const cloudTrail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Resource: "*" } as const;
  return [
    {
      Sid: `AllowCloudTrailEncrypt${suffix}`,
      ...cloudTrail,
      Action: "kms:GenerateDataKey*",
      Condition: {
        ...fromTrails,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": owners.map(
            (owner) => `${arnPrefix(region)}:cloudtrail:*:${owner}:trail/*`,
          ),
        },
      },
    },
    {
      // CloudTrail checks this when it creates or updates a trail into a bucket with an S3 bucket key.
      Sid: `AllowCloudTrailDecryptForBucketKey${suffix}`,
      ...cloudTrail,
      Action: "kms:Decrypt",
      Condition: fromTrails,
    },
    {
      Sid: `AllowCloudTrailDescribe${suffix}`,
      ...cloudTrail,
      Action: "kms:DescribeKey",
      Condition: fromTrails,
    },
  ];
}
