import { archiveKeyPolicy, type ArchiveKeyPolicyProps } from "../../../modules/archive/archive-key-policy";
import { statementOf } from "../../support/synth";

const TRAIL = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization";
const READER = "arn:aws:iam::222222222222:role/reader";

const policy = (changes: Partial<ArchiveKeyPolicyProps> = {}) => ({
  Version: "2012-10-17",
  Statement: archiveKeyPolicy({
    trails: [{ accountId: "111111111111", arn: TRAIL }],
    organizationId: "o-exampleorgid",
    region: "eu-west-1",
    readerRoleArns: [],
    ...changes,
  }),
});

test("the policy, in addition to the account's own control", () => {
  expect(policy({ readerRoleArns: [READER] })).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "AllowCloudTrailEncrypt",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Resource": "*",
         "Action": "kms:GenerateDataKey*",
         "Condition": {
           "StringEquals": {
             "aws:SourceArn": [
               "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization"
             ]
           },
           "StringLike": {
             "kms:EncryptionContext:aws:cloudtrail:arn": [
               "arn:aws:cloudtrail:*:111111111111:trail/*"
             ]
           }
         }
       },
       {
         "Sid": "AllowCloudTrailDecryptForBucketKey",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Resource": "*",
         "Action": "kms:Decrypt",
         "Condition": {
           "StringEquals": {
             "aws:SourceArn": [
               "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization"
             ]
           }
         }
       },
       {
         "Sid": "AllowCloudTrailDescribe",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Resource": "*",
         "Action": "kms:DescribeKey",
         "Condition": {
           "StringEquals": {
             "aws:SourceArn": [
               "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization"
             ]
           }
         }
       },
       {
         "Sid": "AllowLogReadersDecryptViaS3",
         "Effect": "Allow",
         "Principal": {
           "AWS": [
             "arn:aws:iam::222222222222:role/reader"
           ]
         },
         "Action": [
           "kms:Decrypt",
           "kms:DescribeKey"
         ],
         "Resource": "*",
         "Condition": {
           "StringEquals": {
             "kms:ViaService": "s3.eu-west-1.amazonaws.com",
             "aws:PrincipalOrgID": "o-exampleorgid"
           }
         }
       }
     ]
   }
  `);
});

test("CloudTrail may encrypt, check the bucket key and describe, for Trailwatch's trails only", () => {
  const { Statement } = policy();
  expect(Statement.map(({ Action }) => Action)).toEqual(["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"]);
  for (const { Principal, Condition } of Statement) {
    expect(Principal).toEqual({ Service: "cloudtrail.amazonaws.com" });
    expect(Condition?.StringEquals).toEqual({ "aws:SourceArn": [TRAIL] });
  }
});

test("CloudTrail may encrypt what belongs to trails of their owners only, each owner named once", () => {
  const other = (name: string) => ({
    accountId: "333333333333",
    arn: `arn:aws:cloudtrail:eu-west-1:333333333333:trail/${name}`,
  });
  const trails = [{ accountId: "111111111111", arn: TRAIL }, other("one"), other("two")];
  expect(statementOf(policy({ trails }), "AllowCloudTrailEncrypt").Condition?.StringLike).toEqual({
    "kms:EncryptionContext:aws:cloudtrail:arn": [
      "arn:aws:cloudtrail:*:111111111111:trail/*",
      "arn:aws:cloudtrail:*:333333333333:trail/*",
    ],
  });
});

test("readers may decrypt through S3 and from within the organization only", () => {
  const statement = statementOf(
    policy({ readerRoleArns: [READER], region: "us-east-1" }),
    "AllowLogReadersDecryptViaS3",
  );
  expect(statement.Principal).toEqual({ AWS: [READER] });
  expect(statement.Action).toEqual(["kms:Decrypt", "kms:DescribeKey"]);
  expect(statement.Condition).toEqual({
    StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com", "aws:PrincipalOrgID": "o-exampleorgid" },
  });
});

test("without readers the policy names CloudTrail only", () => {
  expect(JSON.stringify(policy())).not.toContain('"AWS"');
});
