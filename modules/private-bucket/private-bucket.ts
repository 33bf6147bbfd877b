import { bucketArn } from "../../lib/aws/partitions";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { denyInsecureTransport, policyJson, type PolicyStatement } from "../policy-document";

export interface PrivateBucketProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** Name of the bucket: 3 to 63 lower-case letters, digits or `-`. */
  readonly bucketName: string;

  /**
   * KMS key that encrypts new objects, with an S3 bucket key.
   *
   * @default - SSE-S3, which S3's own log delivery needs
   */
  readonly encryptionKeyArn?: string | undefined;

  /**
   * Create the bucket with Object Lock, which can never be removed again.
   *
   * @default false
   */
  readonly objectLock?: boolean;

  /**
   * Refuse every plan that would destroy the bucket. If false, Terraform destroys the bucket with all its objects.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /** Statements of the bucket policy besides the one that denies requests without TLS 1.2. */
  readonly statements: PolicyStatement[];
}

/** Source: S3 User Guide, general purpose bucket naming rules. Dots are excluded: they break TLS host names. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** A versioned, encrypted bucket without ACLs or public access. By default, Terraform refuses to destroy it. */
export class PrivateBucket extends Construct {
  /** ARN of the bucket. */
  public readonly arn: string;
  /** Name of the bucket; a reference to it depends on the bucket, not on its settings. */
  public readonly bucketName: string;
  /** Versioning, on which Object Lock and lifecycle rules for old versions depend. */
  public readonly versioning: S3BucketVersioningA;
  /** The bucket policy, on which the resources that it admits depend. */
  public readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);

    if (!Token.isUnresolved(props.bucketName) && !BUCKET_NAME.test(props.bucketName)) {
      throw new Error(
        "'bucketName' must be 3 to 63 lower-case letters, digits or '-', starting and ending with a letter or digit, " +
          `got '${props.bucketName}' (at ${this.node.path})`,
      );
    }

    const bucket = new S3Bucket(this, "Resource", {
      bucket: props.bucketName,
      objectLockEnabled: props.objectLock ?? false,
      ...((props.preventDestroy ?? true) ? { lifecycle: { preventDestroy: true } } : { forceDestroy: true }),
    });
    this.arn = bucketArn(props.region, props.bucketName);
    this.bucketName = bucket.id;

    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });

    new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });

    this.versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });

    const encryption =
      props.encryptionKeyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.encryptionKeyArn },
            bucketKeyEnabled: true,
          };
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", { bucket: bucket.id, rule: [encryption] });

    this.policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policyJson("bucket", [...denyInsecureTransport(this.arn), ...props.statements]),
      // S3 answers 409 when a policy and the public access block are changed at the same time.
      dependsOn: [publicAccessBlock],
    });
  }
}
