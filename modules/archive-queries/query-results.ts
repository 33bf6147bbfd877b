import { bucketArn } from "../../lib/aws/partitions";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Construct } from "constructs";
import { denyOutsideOrganization } from "../policy-document";
import { PrivateBucket } from "../private-bucket/private-bucket";

export interface QueryResultsProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** Name of the bucket. */
  readonly bucketName: string;

  /** ARN of the key, the archive's if Trailwatch creates it: results hold its data, so the same readers may decrypt both. */
  readonly encryptionKeyArn: string | undefined;

  /** `o-…`; only this organization may read or write. */
  readonly organizationId: string;

  /** Days until results are deleted. */
  readonly retentionDays: number;
}

/** Where Athena writes query results. They can be recreated by running the query again, so they expire. */
export class QueryResults extends Construct {
  /** The bucket. */
  public readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, props: QueryResultsProps) {
    super(scope, id);

    const ofBucket = bucketArn(props.region, props.bucketName);
    this.bucket = new PrivateBucket(this, "bucket", {
      region: props.region,
      bucketName: props.bucketName,
      encryptionKeyArn: props.encryptionKeyArn,
      preventDestroy: false,
      statements: [
        denyOutsideOrganization(props.organizationId, { actions: ["s3:*"], resources: [ofBucket, `${ofBucket}/*`] }),
      ],
    });

    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: this.bucket.bucketName,
      rule: [
        {
          id: "expire-results",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [this.bucket.versioning],
    });
  }
}
