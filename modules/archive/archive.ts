import { ownNamesOf } from "../own-names-of";
import { bucketArn } from "../../lib/aws/partitions";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { PrivateBucket } from "../private-bucket/private-bucket";
import { AccessLogBucket } from "./access-log-bucket";
import { archiveBucketPolicy } from "./archive-bucket-policy";
import { archiveKeyPolicy } from "./archive-key-policy";
import type { DeliveringTrail } from "./delivering-trails";

export interface ArchiveProps {
  /** Name of the archive bucket: 3 to 63 lower-case letters, digits or `-`. */
  readonly bucketName: string;

  /** Name of the bucket that holds the archive's server access logs. */
  readonly accessLogBucketName: string;

  /** The 12-digit id of the account that owns the archive. */
  readonly accountId: string;

  /** Region of the archive and its key. */
  readonly region: string;

  /** `o-…`; only this organization may read or write. */
  readonly organizationId: string;

  /** Organization trails that deliver here. */
  readonly organizationTrails: readonly DeliveringTrail[];

  /**
   * Trails of single accounts that deliver here.
   *
   * @default - none
   */
  readonly accountTrails?: readonly DeliveringTrail[];

  /** Lock of each object from its delivery on. COMPLIANCE cannot be lifted before it ends. */
  readonly objectLock: {
    /** GOVERNANCE can be lifted with the permission `s3:BypassGovernanceRetention`. */
    readonly mode: "GOVERNANCE" | "COMPLIANCE";
    /** Days from its delivery on in which an object can be neither changed nor deleted. */
    readonly retentionDays: number;
  };

  /** Days until objects move to S3 Glacier Instant Retrieval; must be fewer than the lock's. */
  readonly colderStorageAfterDays: number;

  /**
   * ARNs of roles that may decrypt the archive, through S3 only.
   *
   * @default - none
   */
  readonly readerRoleArns?: readonly string[];

  /**
   * ARN of the bucket for readers' query results, encrypted with the archive's key.
   *
   * @default - none
   */
  readonly queryResultsBucketArn?: string | undefined;

  /**
   * Deny every writer except CloudTrail.
   *
   * @default true
   */
  readonly denyWritesNotFromCloudTrail?: boolean;

  /**
   * Name of a role in the account that may lift locks and delete objects.
   *
   * @default - no role may
   */
  readonly breakGlassRole?: string | undefined;
}

/** An object expires the day after its lock ends; its last version can be restored for another month. */
export const EXPIRE_DAYS_AFTER_LOCK = 1;
const KEEP_EXPIRED_DAYS = 30;

/** The central, locked log archive: key, bucket and the bucket of its access logs. */
export class Archive extends Construct {
  /** ARN of the key that trails must encrypt with. */
  public readonly keyArn: string | undefined;
  /** Where accesses to the archive, and to the bucket for query results, are logged. */
  public readonly accessLogs: AccessLogBucket;

  constructor(scope: Construct, id: string, props: ArchiveProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { retentionDays, mode } = props.objectLock;
    if (props.colderStorageAfterDays >= retentionDays) {
      throw new Error(
        `'colderStorageAfterDays' must be less than the lock's ${retentionDays} days, ` +
          `got '${props.colderStorageAfterDays}' (at ${this.node.path})`,
      );
    }
    const { accountTrails = [] } = props;

    const key = new EncryptionKey(this, "key", {
      region: props.region,
      purpose: "archive",
      alias: own.archiveKeyAlias,
      description: "Trailwatch: CloudTrail log archive",
      accountId: props.accountId,
      statements: archiveKeyPolicy({ ...props, accountTrails, readerRoleArns: props.readerRoleArns ?? [] }),
      preventDestroy: true,
    });
    this.keyArn = key.arn;

    const bucket = new PrivateBucket(this, "bucket", {
      region: props.region,
      bucketName: props.bucketName,
      encryptionKeyArn: key.arn,
      objectLock: true,
      statements: archiveBucketPolicy({
        ...props,
        bucketArn: bucketArn(props.region, props.bucketName),
        accountTrails,
        retentionDays,
        denyWritesNotFromCloudTrail: props.denyWritesNotFromCloudTrail ?? true,
      }),
    });

    new S3BucketObjectLockConfigurationA(this, "object-lock", {
      bucket: bucket.bucketName,
      rule: { defaultRetention: { mode, days: retentionDays } },
      dependsOn: [bucket.versioning],
    });

    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.bucketName,
      rule: [
        {
          id: "archive",
          status: "Enabled",
          filter: [{ prefix: "" }],
          transition: [{ days: props.colderStorageAfterDays, storageClass: "GLACIER_IR" }],
          // Expiration only adds a delete marker: by the time the version itself is removed, its lock has ended.
          expiration: [{ days: retentionDays + EXPIRE_DAYS_AFTER_LOCK }],
          noncurrentVersionExpiration: [{ noncurrentDays: KEEP_EXPIRED_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [bucket.versioning],
    });

    this.accessLogs = new AccessLogBucket(this, "access-logs", {
      region: props.region,
      bucketName: props.accessLogBucketName,
      sourceBucketArns: [
        bucket.arn,
        ...(props.queryResultsBucketArn === undefined ? [] : [props.queryResultsBucketArn]),
      ],
      accountId: props.accountId,
      breakGlassRole: props.breakGlassRole,
    });
    this.accessLogs.logAccessesTo(this, bucket, props.bucketName);
  }
}
