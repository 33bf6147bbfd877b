import { AccessLogBucket, type AccessLogBucketProps } from "../../../modules/archive/access-log-bucket";
import { policyOf, resourceOf, resourcesOf, statementOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<AccessLogBucketProps> = {}) =>
  synthModule((scope) => {
    new AccessLogBucket(scope, "access-logs", {
      bucketName: "example-access-logs",
      sourceBucketArns: ["arn:aws:s3:::example-archive"],
      region: "eu-west-1",
      accountId: "222222222222",
      ...changes,
    });
  });

const stack = synth();

test("S3 can deliver: no Object Lock and no customer managed key", () => {
  expect(resourceOf(stack, "aws_s3_bucket").object_lock_enabled).toBe(false);
  expect(resourceOf(stack, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  ]);
  expect(resourcesOf(stack, "aws_kms_key")).toEqual([]);
});

test("the bucket's policy", () => {
  expect(policyOf(resourceOf(stack, "aws_s3_bucket_policy"))).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "DenyInsecureTransport",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:*",
         "Resource": [
           "arn:aws:s3:::example-access-logs",
           "arn:aws:s3:::example-access-logs/*"
         ],
         "Condition": {
           "Bool": {
             "aws:SecureTransport": "false"
           }
         }
       },
       {
         "Sid": "DenyOutdatedTls",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:*",
         "Resource": [
           "arn:aws:s3:::example-access-logs",
           "arn:aws:s3:::example-access-logs/*"
         ],
         "Condition": {
           "NumericLessThan": {
             "s3:TlsVersion": "1.2"
           }
         }
       },
       {
         "Sid": "AllowServerAccessLogs",
         "Effect": "Allow",
         "Principal": {
           "Service": "logging.s3.amazonaws.com"
         },
         "Action": "s3:PutObject",
         "Resource": "arn:aws:s3:::example-access-logs/*",
         "Condition": {
           "ArnLike": {
             "aws:SourceArn": [
               "arn:aws:s3:::example-archive"
             ]
           },
           "StringEquals": {
             "aws:SourceAccount": "222222222222"
           }
         }
       },
       {
         "Sid": "DenyDeletion",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "s3:DeleteObject",
           "s3:DeleteObjectVersion"
         ],
         "Resource": "arn:aws:s3:::example-access-logs/*"
       }
     ]
   }
  `);
});

test("S3's log delivery may write for the given buckets of one account only", () => {
  const statement = statementOf(policyOf(resourceOf(stack, "aws_s3_bucket_policy")), "AllowServerAccessLogs");
  expect(statement.Principal).toEqual({ Service: "logging.s3.amazonaws.com" });
  expect(statement.Condition).toEqual({
    ArnLike: { "aws:SourceArn": ["arn:aws:s3:::example-archive"] },
    StringEquals: { "aws:SourceAccount": "222222222222" },
  });
});

test.each([
  [undefined, 400],
  [30, 30],
])("with retentionDays %s, access logs are deleted after %i days", (retentionDays, days) => {
  const changed = synth(retentionDays === undefined ? {} : { retentionDays });
  expect(resourceOf(changed, "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
    {
      id: "expire-access-logs",
      status: "Enabled",
      filter: [{ prefix: "" }],
      expiration: [{ days }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
  ]);
});

test("access to the access logs is not logged", () => {
  expect(resourcesOf(stack, "aws_s3_bucket_logging")).toEqual([]);
});
