import { archiveKeyPolicy, type ArchiveKeyPolicyProps } from "../../../modules/archive/archive-key-policy";
import { MOST_NAMED_ACCOUNT_TRAILS } from "../../../modules/archive/delivering-trails";
import { policyJson } from "../../../modules/policy-document";
import { admits } from "../../support/admits";
import { statementOf } from "../../support/synth";

const TRAIL = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization";
const READER = "arn:aws:iam::222222222222:role/reader";

const policy = (changes: Partial<ArchiveKeyPolicyProps> = {}) => ({
  Version: "2012-10-17",
  Statement: archiveKeyPolicy({
    organizationTrails: [{ accountId: "111111111111", arn: TRAIL }],
    accountTrails: [],
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
  const accountTrails = [other("one"), other("two")];
  expect(statementOf(policy({ accountTrails }), "AllowCloudTrailEncrypt").Condition?.StringLike).toEqual({
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

describe.each([1, MOST_NAMED_ACCOUNT_TRAILS, MOST_NAMED_ACCOUNT_TRAILS + 1, 5000])("%i account trails", (count) => {
  const accountTrails = Array.from({ length: count }, (_, index) => {
    const accountId = String(333333333333 + index);
    return { accountId, arn: `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/account` };
  });
  const may = (action: string, account: string, { name = "account", organization = "o-exampleorgid" } = {}) => {
    const arn = `arn:aws:cloudtrail:eu-west-1:${account}:trail/${name}`;
    return admits(policy({ accountTrails }), {
      principal: "cloudtrail.amazonaws.com",
      action: `kms:${action}`,
      context: {
        "aws:SourceArn": arn,
        "aws:SourceAccount": account,
        "aws:SourceOrgID": organization,
        ...(action.startsWith("Generate") && { "kms:EncryptionContext:aws:cloudtrail:arn": arn }),
      },
    });
  };

  test.each(["GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "Decrypt", "DescribeKey"])(
    "allow kms:%s for themselves and the organization's trail only",
    (action) => {
      expect(may(action, "333333333333")).toBe(true);
      expect(may(action, String(333333333332 + count))).toBe(true);
      expect(may(action, "111111111111", { name: "organization" })).toBe(true);
      expect(may(action, "333333333333", { name: "account-2" })).toBe(false);
      expect(may(action, "333333333333", { name: "organization" })).toBe(false);
      expect(may(action, "999999999999", { organization: "o-elsewhere" })).toBe(false);
    },
  );

  test("fit into the policy", () => {
    const { Statement } = policy({ accountTrails, readerRoleArns: [READER] });
    expect(() => policyJson("key", Statement)).not.toThrow();
    expect(Statement.map(({ Sid }) => Sid).includes("AllowCloudTrailEncryptOfAccounts")).toBe(
      count > MOST_NAMED_ACCOUNT_TRAILS,
    );
  });
});
