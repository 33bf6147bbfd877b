import { bucketArn } from "../../lib/aws/partitions";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Construct } from "constructs";
import { archiveKeyPolicy } from "../archive/archive-key-policy";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { denyOutsideOrganization } from "../policy-document";
import { PrivateBucket } from "../private-bucket/private-bucket";

export interface TrailFilesProps {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** Alias of the bucket's key, without `alias/`. */
  readonly keyAlias: string;

  /** ARN of the trail that delivers, computed: the trail is created after this. */
  readonly trailArn: string;

  /** The 12-digit id of the account that owns trail, bucket and key. */
  readonly accountId: string;

  /** `o-…`; only this organization may read. */
  readonly organizationId: string;

  /** Home region of the trail and region of the bucket. */
  readonly region: string;
}

/** Days after which files are deleted: the existing archive has the same events from the organization trail. */
const RETENTION_DAYS = 7;

/**
 * A bucket for the files of an account's trail, beside an archive whose policy is not Trailwatch's: CloudTrail delivers no
 * trail without a bucket, and only the trail's log group is used.
 * Source of the policy: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
 */
export class TrailFiles extends Construct {
  /** Name of the bucket. */
  public readonly bucketName: string;
  /** ARN of the bucket's key; undefined: a key that AWS owns. */
  public readonly keyArn: string | undefined;
  /** What admits the trail, which can be created after it only. */
  public readonly policy: PrivateBucket["policy"];

  constructor(scope: Construct, id: string, props: TrailFilesProps) {
    super(scope, id);
    const { accountId, region, trailArn } = props;

    const key = new EncryptionKey(this, "key", {
      purpose: "archive",
      alias: props.keyAlias,
      description: "Files of the account's trail",
      accountId,
      region,
      statements: archiveKeyPolicy({
        organizationTrails: [],
        accountTrails: [{ accountId, arn: trailArn }],
        organizationId: props.organizationId,
        region,
        readerRoleArns: [],
      }),
    });
    this.keyArn = key.arn;

    const ofBucket = bucketArn(region, props.bucketName);
    const fromTrail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;
    const bucket = new PrivateBucket(this, "bucket", {
      region,
      bucketName: props.bucketName,
      encryptionKeyArn: key.arn,
      preventDestroy: false,
      statements: [
        denyOutsideOrganization(props.organizationId, { actions: ["s3:*"], resources: [ofBucket, `${ofBucket}/*`] }),
        {
          Sid: "AWSCloudTrailAclCheck20150319",
          ...fromTrail,
          Action: "s3:GetBucketAcl",
          Resource: ofBucket,
          Condition: { StringEquals: { "aws:SourceArn": trailArn } },
        },
        {
          Sid: "AWSCloudTrailWrite20150319",
          ...fromTrail,
          Action: "s3:PutObject",
          Resource: `${ofBucket}/AWSLogs/${accountId}/*`,
          Condition: {
            StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn },
          },
        },
      ],
    });
    this.bucketName = bucket.bucketName;
    this.policy = bucket.policy;

    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.bucketName,
      rule: [
        {
          id: "expire-files",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: RETENTION_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [bucket.versioning],
    });
  }
}
