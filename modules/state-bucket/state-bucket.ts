import { arn, bucketArn } from "../../lib/aws/partitions";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { denyOutsideOrganization, exceptRole, type PolicyStatement } from "../policy-document";
import { PrivateBucket } from "../private-bucket/private-bucket";

export interface StateBucketProps {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** The 12-digit id of the account that owns it. */
  readonly accountId: string;

  /** Alias of the key, without `alias/`: backends name the key by it, before its id is known. */
  readonly keyAlias: string;

  /** Region of bucket and key. */
  readonly region: string;

  /** `o-…`; only this organization may read or write state. */
  readonly organizationId: string;

  /**
   * Name of a role in the account that may delete state and versions.
   *
   * @default - no role may
   */
  readonly breakGlassRole?: string;
}

/** Old versions of a state are needed to recover from a broken apply. */
const KEEP_OLD_VERSIONS_DAYS = 365;

/** The bucket that holds Terraform state: versioned, encrypted, and only lock files can be deleted. */
export class StateBucket extends Construct {
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);

    const key = new EncryptionKey(this, "key", {
      region: props.region,
      purpose: "state",
      alias: props.keyAlias,
      description: "Trailwatch: Terraform state",
      accountId: props.accountId,
      preventDestroy: true,
    });

    const ofBucket = bucketArn(props.region, props.bucketName);
    const keyAliasArn = arn(props.region, "kms", props.accountId, `alias/${props.keyAlias}`);
    const bucket = new PrivateBucket(this, "bucket", {
      region: props.region,
      bucketName: props.bucketName,
      encryptionKeyArn: key.arn,
      statements: [
        denyOutsideOrganization(props.organizationId, {
          actions: ["s3:*"],
          resources: [ofBucket, `${ofBucket}/*`],
        }),
        denyOtherEncryption(ofBucket, key.arn === undefined ? "AES256" : "aws:kms"),
        ...(key.arn === undefined ? [] : [denyOtherKey(ofBucket, [key.arn, keyAliasArn])]),
        ...denyDeletion(ofBucket, props),
      ],
    });

    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.bucketName,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: KEEP_OLD_VERSIONS_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [bucket.versioning],
    });
  }
}

// Both conditions use Null: a request without the header gets the bucket's default, which is the right key.
function denyOtherEncryption(bucketArn: string, algorithm: "AES256" | "aws:kms"): PolicyStatement {
  return {
    Sid: "DenyWrongEncryptionHeader",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: {
      StringNotEquals: { "s3:x-amz-server-side-encryption": algorithm },
      Null: { "s3:x-amz-server-side-encryption": "false" },
    },
  };
}

function denyOtherKey(bucketArn: string, keyArns: string[]): PolicyStatement {
  return {
    Sid: "DenyWrongKey",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: {
      StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArns },
      Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
    },
  };
}

/** Only lock files may be deleted, and none of their versions: a lock that was held stays on record. */
function denyDeletion(bucketArn: string, props: StateBucketProps): PolicyStatement[] {
  const exception = exceptRole(props, props.breakGlassRole);
  return [
    {
      Sid: "DenyStateDeletion",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      NotResource: `${bucketArn}/*.tflock`,
      ...exception,
    },
    {
      Sid: "DenyVersionDeletionOfLocks",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteObjectVersion",
      Resource: `${bucketArn}/*.tflock`,
      ...exception,
    },
  ];
}
