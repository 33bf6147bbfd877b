import { Token } from "cdktf";
import { PrivateBucket, type PrivateBucketProps } from "../../../modules/private-bucket/private-bucket";
import { countsOf, policyOf, resourceOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<PrivateBucketProps> = {}) =>
  synthModule((scope) => {
    new PrivateBucket(scope, "bucket", {
      region: "eu-west-1",
      bucketName: "example-bucket",
      statements: [],
      ...changes,
    });
  });

test("a bucket keeps every version, and Terraform does not destroy it", () => {
  const stack = synth();
  expect(resourceOf(stack, "aws_s3_bucket")).toMatchObject({
    bucket: "example-bucket",
    lifecycle: { prevent_destroy: true },
  });
  expect(resourceOf(stack, "aws_s3_bucket").force_destroy).toBeUndefined();
  expect(resourceOf(stack, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
});

test("a bucket that may be destroyed is destroyed with its objects", () => {
  const bucket = resourceOf(synth({ preventDestroy: false }), "aws_s3_bucket");
  expect(bucket.force_destroy).toBe(true);
  expect(bucket.lifecycle).toBeUndefined();
});

test("all four settings of the public access block are on", () => {
  expect(resourceOf(synth(), "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
});

test("a bucket has no ACLs", () => {
  expect(resourceOf(synth(), "aws_s3_bucket_ownership_controls").rule).toEqual({
    object_ownership: "BucketOwnerEnforced",
  });
});

describe("encryption", () => {
  const encryption = (changes: Partial<PrivateBucketProps> = {}) =>
    resourceOf(synth(changes), "aws_s3_bucket_server_side_encryption_configuration").rule;

  test("is S3's own by default", () => {
    expect(encryption()).toEqual([{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }]);
  });

  test("is by the key that is given, with a bucket key", () => {
    const encryptionKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    expect(encryption({ encryptionKeyArn })).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: encryptionKeyArn },
        bucket_key_enabled: true,
      },
    ]);
  });
});

test.each([
  [undefined, false],
  [false, false],
  [true, true],
])("with objectLock %s, Object Lock is %s", (objectLock, enabled) => {
  const stack = synth(objectLock === undefined ? {} : { objectLock });
  expect(resourceOf(stack, "aws_s3_bucket").object_lock_enabled).toBe(enabled);
});

describe("the policy", () => {
  test("denies requests without TLS 1.2, in addition to the given statements", () => {
    const further = { Sid: "Further", Effect: "Allow", Action: "s3:GetObject" } as const;
    const { Statement } = policyOf(resourceOf(synth({ statements: [further] }), "aws_s3_bucket_policy"));
    expect(Statement.map(({ Sid }) => Sid)).toEqual(["DenyInsecureTransport", "DenyOutdatedTls", "Further"]);
  });

  test("depends on the public access block, because S3 rejects concurrent changes of both", () => {
    expect(resourceOf(synth(), "aws_s3_bucket_policy").depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_public_access_block\./),
    ]);
  });
});

describe("a name", () => {
  test.each(["abc", "1-2", "x".repeat(63)])("may be '%s'", (bucketName) => {
    expect(resourceOf(synth({ bucketName }), "aws_s3_bucket").bucket).toBe(bucketName);
  });

  test.each(["", "ab", "x".repeat(64), "-abc", "abc-", "Logs", "a.b.c", "a_b", "logs "])("may not be '%s'", (name) => {
    expect(() => synth({ bucketName: name })).toThrow(
      `'bucketName' must be 3 to 63 lower-case letters, digits or '-', starting and ending with a letter or digit, got '${name}' (at stack/bucket)`,
    );
  });

  test("that is not known yet is accepted", () => {
    const bucketName = Token.asString({ resolve: () => "Known_Later" });
    expect(resourceOf(synth({ bucketName }), "aws_s3_bucket").bucket).toBe("Known_Later");
  });
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({
    aws_s3_bucket: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_policy: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_versioning: 1,
  });
});
