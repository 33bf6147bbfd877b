import { bucketArn } from "../../lib/aws/partitions";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import type { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Construct } from "constructs";
import { exceptRole } from "../policy-document";
import { PrivateBucket } from "../private-bucket/private-bucket";

export interface AccessLogBucketProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** Name of this bucket. */
  readonly bucketName: string;

  /** ARNs of the buckets whose accesses are logged, in the same account and region. */
  readonly sourceBucketArns: readonly string[];

  /** The 12-digit id of the account that owns all of these buckets. */
  readonly accountId: string;

  /**
   * Days until access logs are deleted.
   *
   * @default 400 - a year and a month
   */
  readonly retentionDays?: number;

  /**
   * Name of a role in the account that may delete access logs.
   *
   * @default - no role may
   */
  readonly breakGlassRole?: string | undefined;
}

/** Where S3 writes the server access logs of other buckets. A bucket with Object Lock cannot be the target. */
export class AccessLogBucket extends Construct {
  /** Name of the bucket; a reference to it depends on the bucket. */
  public readonly bucketName: string;
  /** Lets S3 write access logs here. */
  public readonly permission: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);

    const bucket = new PrivateBucket(this, "bucket", {
      region: props.region,
      bucketName: props.bucketName,
      statements: [
        {
          Sid: "AllowServerAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: bucketArn(props.region, `${props.bucketName}/*`),
          Condition: {
            ArnLike: { "aws:SourceArn": [...props.sourceBucketArns] },
            StringEquals: { "aws:SourceAccount": props.accountId },
          },
        },
        {
          // The lifecycle rule below still deletes: it is not subject to bucket policies.
          Sid: "DenyDeletion",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
          Resource: bucketArn(props.region, `${props.bucketName}/*`),
          ...exceptRole(props, props.breakGlassRole),
        },
      ],
    });

    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.bucketName,
      rule: [
        {
          id: "expire-access-logs",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays ?? 400 }],
          noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [bucket.versioning],
    });

    this.bucketName = bucket.bucketName;
    this.permission = bucket.policy;
  }

  /** Logs the accesses to a bucket here, under its name. It must be one of `sourceBucketArns`. */
  public logAccessesTo(scope: Construct, bucket: PrivateBucket, name: string): void {
    new S3BucketLoggingA(scope, "logging", {
      bucket: bucket.bucketName,
      targetBucket: this.bucketName,
      targetPrefix: `${name}/`,
      dependsOn: [this.permission],
    });
  }
}
