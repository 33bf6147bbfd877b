import { StateBucket, type StateBucketProps } from "../../../modules/state-bucket/state-bucket";
import { countsOf, policyOf, resourceOf, statementOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<StateBucketProps> = {}) =>
  synthModule((scope) => {
    new StateBucket(scope, "state", {
      bucketName: "example-state",
      accountId: "222222222222",
      keyAlias: "trailwatch-state",
      region: "eu-west-1",
      organizationId: "o-exampleorgid",
      ...changes,
    });
  });

const policy = (changes: Partial<StateBucketProps> = {}) =>
  policyOf(resourceOf(synth(changes), "aws_s3_bucket_policy"));

test("state is encrypted with its own key, which cannot be destroyed", () => {
  const stack = synth();
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/trailwatch-state");
  expect(resourceOf(stack, "aws_kms_key").lifecycle).toEqual({ prevent_destroy: true });
  expect(resourceOf(stack, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: "aws:kms",
        kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn}$/) as string,
      },
      bucket_key_enabled: true,
    },
  ]);
});

test("only identities of the account may use the key", () => {
  const { Statement } = policyOf(resourceOf(synth(), "aws_kms_key"));
  expect(Statement.map(({ Sid }) => Sid)).toEqual(["EnableRootAccountAdministration"]);
});

test("old versions are kept for a year, current ones for ever", () => {
  expect(resourceOf(synth(), "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
    {
      id: "old-versions",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrent_version_expiration: [{ noncurrent_days: 365 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
  ]);
});

test("the bucket's policy", () => {
  expect(policy({ breakGlassRole: "break-glass" })).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "DenyInsecureTransport",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:*",
         "Resource": [
           "arn:aws:s3:::example-state",
           "arn:aws:s3:::example-state/*"
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
           "arn:aws:s3:::example-state",
           "arn:aws:s3:::example-state/*"
         ],
         "Condition": {
           "NumericLessThan": {
             "s3:TlsVersion": "1.2"
           }
         }
       },
       {
         "Sid": "DenyOutsideOrganization",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "s3:*"
         ],
         "Resource": [
           "arn:aws:s3:::example-state",
           "arn:aws:s3:::example-state/*"
         ],
         "Condition": {
           "StringNotEqualsIfExists": {
             "aws:PrincipalOrgID": "o-exampleorgid"
           },
           "BoolIfExists": {
             "aws:PrincipalIsAWSService": "false"
           }
         }
       },
       {
         "Sid": "DenyWrongEncryptionHeader",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:PutObject",
         "Resource": "arn:aws:s3:::example-state/*",
         "Condition": {
           "StringNotEquals": {
             "s3:x-amz-server-side-encryption": "aws:kms"
           },
           "Null": {
             "s3:x-amz-server-side-encryption": "false"
           }
         }
       },
       {
         "Sid": "DenyWrongKey",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:PutObject",
         "Resource": "arn:aws:s3:::example-state/*",
         "Condition": {
           "StringNotEquals": {
             "s3:x-amz-server-side-encryption-aws-kms-key-id": [
               "\${aws_kms_key.state_key_2DE2F745.arn}",
               "arn:aws:kms:eu-west-1:222222222222:alias/trailwatch-state"
             ]
           },
           "Null": {
             "s3:x-amz-server-side-encryption-aws-kms-key-id": "false"
           }
         }
       },
       {
         "Sid": "DenyStateDeletion",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "s3:DeleteObject",
           "s3:DeleteObjectVersion"
         ],
         "NotResource": "arn:aws:s3:::example-state/*.tflock",
         "Condition": {
           "ArnNotLike": {
             "aws:PrincipalArn": "arn:aws:iam::222222222222:role/break-glass"
           }
         }
       },
       {
         "Sid": "DenyVersionDeletionOfLocks",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:DeleteObjectVersion",
         "Resource": "arn:aws:s3:::example-state/*.tflock",
         "Condition": {
           "ArnNotLike": {
             "aws:PrincipalArn": "arn:aws:iam::222222222222:role/break-glass"
           }
         }
       }
     ]
   }
  `);
});

test("nothing but lock files may be deleted, by anyone", () => {
  expect(statementOf(policy(), "DenyStateDeletion")).toEqual({
    Sid: "DenyStateDeletion",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    NotResource: "arn:aws:s3:::example-state/*.tflock",
  });
});

test("no version of a lock file may be deleted, by anyone", () => {
  expect(statementOf(policy(), "DenyVersionDeletionOfLocks")).toEqual({
    Sid: "DenyVersionDeletionOfLocks",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:DeleteObjectVersion",
    Resource: "arn:aws:s3:::example-state/*.tflock",
  });
});

test.each(["DenyStateDeletion", "DenyVersionDeletionOfLocks"])(
  "%s spares the break-glass role, and it alone",
  (sid) => {
    expect(statementOf(policy({ breakGlassRole: "break-glass" }), sid).Condition).toEqual({
      ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/break-glass" },
    });
  },
);

test("requests without TLS and from outside the organization are refused", () => {
  expect(
    policy()
      .Statement.slice(0, 3)
      .map(({ Sid }) => Sid),
  ).toEqual(["DenyInsecureTransport", "DenyOutdatedTls", "DenyOutsideOrganization"]);
  expect(statementOf(policy(), "DenyOutsideOrganization")).toMatchObject({
    Effect: "Deny",
    Action: ["s3:*"],
    Resource: ["arn:aws:s3:::example-state", "arn:aws:s3:::example-state/*"],
  });
});

test("objects may be encrypted with Trailwatch's key, by its alias or its ARN, and with no other key", () => {
  expect(statementOf(policy(), "DenyWrongKey").Condition).toMatchObject({
    StringNotEquals: {
      "s3:x-amz-server-side-encryption-aws-kms-key-id": [
        expect.stringMatching(/^\$\{aws_kms_key\..*\.arn}$/) as string,
        "arn:aws:kms:eu-west-1:222222222222:alias/trailwatch-state",
      ],
    },
  });
});

test.each([
  ["DenyWrongEncryptionHeader", "s3:x-amz-server-side-encryption"],
  ["DenyWrongKey", "s3:x-amz-server-side-encryption-aws-kms-key-id"],
])("%s lets requests through that leave encryption to the bucket", (sid, header) => {
  expect(statementOf(policy(), sid).Condition?.Null).toEqual({ [header]: "false" });
});

test("nothing in the policy allows anything", () => {
  expect(policy({ breakGlassRole: "break-glass" }).Statement.filter(({ Effect }) => Effect !== "Deny")).toEqual([]);
});

test("there is no Object Lock, because lock files must be deletable, and nothing else is created", () => {
  expect(resourceOf(synth(), "aws_s3_bucket").object_lock_enabled).toBe(false);
  expect(countsOf(synth())).toEqual({
    aws_kms_alias: 1,
    aws_kms_key: 1,
    aws_s3_bucket: 1,
    aws_s3_bucket_lifecycle_configuration: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_policy: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_versioning: 1,
  });
});
