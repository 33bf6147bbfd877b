import { Archive, type ArchiveProps } from "../../../modules/archive/archive";
import {
  countsOf,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthModule,
  type StackJson,
} from "../../support/synth";

const synth = (changes: Partial<ArchiveProps> = {}) =>
  synthModule((scope) => {
    new Archive(scope, "archive", {
      bucketName: "example-archive",
      accessLogBucketName: "example-archive-access-logs",
      accountId: "222222222222",
      region: "eu-west-1",
      organizationId: "o-exampleorgid",
      organizationTrails: [
        { accountId: "111111111111", arn: "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization" },
      ],
      objectLock: { mode: "GOVERNANCE", retentionDays: 365 },
      colderStorageAfterDays: 90,
      ...changes,
    });
  });

const stack = synth();
const bucketId = /^\$\{aws_s3_bucket\.archive_bucket_\w+\.id}$/;

test("the archive is locked from its creation", () => {
  expect(resourceOf(stack, "aws_s3_bucket", { bucket: "example-archive" })).toMatchObject({
    object_lock_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(resourceOf(stack, "aws_s3_bucket_object_lock_configuration")).toMatchObject({
    bucket: expect.stringMatching(bucketId) as string,
    rule: { default_retention: { mode: "GOVERNANCE", days: 365 } },
    depends_on: [expect.stringContaining("aws_s3_bucket_versioning.archive_bucket_")],
  });
});

test("the lock has the given mode and duration", () => {
  const strict = synth({ objectLock: { mode: "COMPLIANCE", retentionDays: 3650 } });
  expect(resourceOf(strict, "aws_s3_bucket_object_lock_configuration").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", days: 3650 },
  });
});

describe("the lifecycle of an object", () => {
  const rules = (changes: Partial<ArchiveProps> = {}) =>
    resourcesOf(synth(changes), "aws_s3_bucket_lifecycle_configuration").flatMap(({ rule }) => rule as object[]);

  test("ends after its lock, and a month to restore it", () => {
    expect(rules()).toContainEqual({
      id: "archive",
      status: "Enabled",
      filter: [{ prefix: "" }],
      transition: [{ days: 90, storage_class: "GLACIER_IR" }],
      expiration: [{ days: 366 }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    });
  });

  test("follows the lock and the days to colder storage", () => {
    const changes = { objectLock: { mode: "GOVERNANCE", retentionDays: 30 }, colderStorageAfterDays: 29 } as const;
    expect(rules(changes)).toContainEqual(
      expect.objectContaining({
        transition: [{ days: 29, storage_class: "GLACIER_IR" }],
        expiration: [{ days: 31 }],
      }),
    );
  });
});

test.each([365, 366])("colder storage after %i days is rejected if the lock ends at 365", (days) => {
  expect(() => synth({ colderStorageAfterDays: days })).toThrow(
    `'colderStorageAfterDays' must be less than the lock's 365 days, got '${days}' (at stack/archive)`,
  );
});

test("colder storage a day before the lock ends is accepted", () => {
  expect(() => synth({ colderStorageAfterDays: 364 })).not.toThrow();
});

test("objects are encrypted with the archive's key and a bucket key, and the key cannot be destroyed", () => {
  const rules = resourcesOf(stack, "aws_s3_bucket_server_side_encryption_configuration").map(({ rule }) => rule);
  expect(rules).toContainEqual([
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: "aws:kms",
        kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn}$/) as string,
      },
      bucket_key_enabled: true,
    },
  ]);
  expect(resourceOf(stack, "aws_kms_key").lifecycle).toEqual({ prevent_destroy: true });
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/trailwatch-archive");
});

test("access is logged to the access-log bucket, after its policy exists, never to the archive itself", () => {
  expect(resourceOf(stack, "aws_s3_bucket_logging")).toEqual({
    depends_on: [expect.stringMatching(/^aws_s3_bucket_policy\.archive_access-logs_bucket_policy_\w+$/)],
    bucket: expect.stringMatching(bucketId) as string,
    target_bucket: expect.stringMatching(/^\$\{aws_s3_bucket\.archive_access-logs_bucket_\w+\.id}$/) as string,
    target_prefix: "example-archive/",
  });
});

test("without further settings the policies admit no readers and no account trails, and deny other writers", () => {
  const text = JSON.stringify(stack);
  expect(text).not.toContain("AllowLogReadersDecryptViaS3");
  expect(text).toContain("DenyWritesNotFromCloudTrail");
  expect(JSON.stringify(synth({ denyWritesNotFromCloudTrail: false }))).not.toContain("DenyWritesNotFromCloudTrail");
});

test("the break-glass role may delete objects of both buckets", () => {
  const conditions = (of: StackJson) =>
    resourcesOf(of, "aws_s3_bucket_policy").map(
      (resource) => statementOf(policyOf(resource), "DenyDeletion").Condition,
    );
  const spared = { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/break-glass" } };
  expect(conditions(stack)).toEqual([undefined, undefined]);
  expect(conditions(synth({ breakGlassRole: "break-glass" }))).toEqual([spared, spared]);
});

test("account trails and readers are passed to the policies", () => {
  const arn = "arn:aws:cloudtrail:eu-west-1:333333333333:trail/account";
  const full = synth({
    accountTrails: [{ accountId: "333333333333", arn }],
    readerRoleArns: ["arn:aws:iam::222222222222:role/reader"],
  });
  const key = JSON.stringify(policyOf(resourceOf(full, "aws_kms_key")));
  const bucket = JSON.stringify(resourcesOf(full, "aws_s3_bucket_policy").map((resource) => policyOf(resource)));
  expect(key).toContain(arn);
  expect(key).toContain("role/reader");
  expect(bucket).toContain(arn);
});

test("the variable of many trails' prefixes is written for IAM, not for Terraform", () => {
  const accountTrails = Array.from({ length: 5000 }, (_, index) => {
    const accountId = String(333333333333 + index);
    return { accountId, arn: `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/trailwatch-account` };
  });
  const policies = resourcesOf(synth({ accountTrails }), "aws_s3_bucket_policy");
  expect(JSON.stringify(policies)).toContain("example-archive/AWSLogs/$${aws:SourceAccount}/*");
});

test("nothing else is created", () => {
  expect(countsOf(stack)).toEqual({
    aws_kms_alias: 1,
    aws_kms_key: 1,
    aws_s3_bucket: 2,
    aws_s3_bucket_lifecycle_configuration: 2,
    aws_s3_bucket_logging: 1,
    aws_s3_bucket_object_lock_configuration: 1,
    aws_s3_bucket_ownership_controls: 2,
    aws_s3_bucket_policy: 2,
    aws_s3_bucket_public_access_block: 2,
    aws_s3_bucket_server_side_encryption_configuration: 2,
    aws_s3_bucket_versioning: 2,
  });
});
