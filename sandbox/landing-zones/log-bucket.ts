import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bucketArn } from "../../lib/aws/partitions";
import { type Statement, policyDocument } from "./policy-document";

/** A bucket that services write logs to. */
export interface LogBucket {
  readonly name: string;
  readonly region: string;
  /** Key of the objects; undefined: S3's own keys. */
  readonly keyArn?: string;
  /** Bucket of this bucket's access logs. */
  readonly accessLogs?: string;
  readonly expiryDays: number;
  readonly policy: readonly Statement[];
}

/** Source: S3 API, CreateBucket: this region must not be given as a location. */
const DEFAULT_LOCATION = "us-east-1";

/** Creates a versioned bucket that only the account can read and that requires TLS. */
export async function createLogBucket(s3: S3Client, bucket: LogBucket): Promise<void> {
  const { name: Bucket, region, keyArn, accessLogs, expiryDays } = bucket;
  const LocationConstraint = region as BucketLocationConstraint;
  const location = region === DEFAULT_LOCATION ? {} : { CreateBucketConfiguration: { LocationConstraint } };
  await s3.send(new CreateBucketCommand({ Bucket, ...location }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  const encryption =
    keyArn === undefined
      ? ({ SSEAlgorithm: "AES256" } as const)
      : ({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn } as const);
  const Rules = [{ ApplyServerSideEncryptionByDefault: encryption }];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: policyDocument(onlyTls(bucketArn(region, Bucket)), ...bucket.policy),
    }),
  );
  const expiry = {
    ID: "RetentionRule",
    Status: "Enabled",
    Filter: { Prefix: "" },
    Expiration: { Days: expiryDays },
    NoncurrentVersionExpiration: { NoncurrentDays: expiryDays },
  } as const;
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [expiry] } }));
  if (accessLogs === undefined) return;
  const LoggingEnabled = { TargetBucket: accessLogs, TargetPrefix: "" };
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
}

function onlyTls(arn: string): Statement {
  return {
    Sid: "AllowSSLRequestsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
