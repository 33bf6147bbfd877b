import { archiveBucketPolicy, type ArchiveBucketPolicyProps } from "../../../modules/archive/archive-bucket-policy";
import { MOST_NAMED_ACCOUNT_TRAILS, type DeliveringTrail } from "../../../modules/archive/delivering-trails";
import { POLICY_LIMITS, policyJson } from "../../../modules/policy-document";
import { admits } from "../../support/admits";
import { statementOf } from "../../support/synth";

const ORGANIZATION_TRAIL = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization";
const DATA_TRAIL = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization-data";
const ACCOUNT_TRAIL = "arn:aws:cloudtrail:eu-west-1:333333333333:trail/account";

const policy = (changes: Partial<ArchiveBucketPolicyProps> = {}) => ({
  Version: "2012-10-17",
  Statement: archiveBucketPolicy({
    bucketArn: "arn:aws:s3:::example-archive",
    region: "eu-west-1",
    organizationId: "o-exampleorgid",
    organizationTrails: [{ accountId: "111111111111", arn: ORGANIZATION_TRAIL }],
    accountTrails: [],
    retentionDays: 365,
    denyWritesNotFromCloudTrail: false,
    accountId: "222222222222",
    ...changes,
  }),
});

const everything: Partial<ArchiveBucketPolicyProps> = {
  organizationTrails: [
    { accountId: "111111111111", arn: ORGANIZATION_TRAIL },
    { accountId: "111111111111", arn: DATA_TRAIL },
  ],
  accountTrails: [{ accountId: "333333333333", arn: ACCOUNT_TRAIL }],
  denyWritesNotFromCloudTrail: true,
};

test("the minimal policy", () => {
  expect(policy()).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "DenyOutsideOrganization",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "s3:GetObject*",
           "s3:ListBucket*",
           "s3:PutObject*"
         ],
         "Resource": [
           "arn:aws:s3:::example-archive",
           "arn:aws:s3:::example-archive/*"
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
         "Sid": "DenyShorterRetention",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "s3:PutObject",
           "s3:PutObjectRetention"
         ],
         "Resource": "arn:aws:s3:::example-archive/*",
         "Condition": {
           "NumericLessThan": {
             "s3:object-lock-remaining-retention-days": "365"
           }
         }
       },
       {
         "Sid": "DenyRetentionWithoutDate",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:PutObjectRetention",
         "Resource": "arn:aws:s3:::example-archive/*",
         "Condition": {
           "Null": {
             "s3:object-lock-remaining-retention-days": "true"
           }
         }
       },
       {
         "Sid": "DenyDeletion",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "s3:BypassGovernanceRetention",
           "s3:DeleteObject",
           "s3:DeleteObjectVersion",
           "s3:ReplicateDelete"
         ],
         "Resource": "arn:aws:s3:::example-archive/*"
       },
       {
         "Sid": "DenyEndOfLegalHold",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "s3:PutObjectLegalHold",
         "Resource": "arn:aws:s3:::example-archive/*",
         "Condition": {
           "StringEquals": {
             "s3:object-lock-legal-hold": "OFF"
           }
         }
       },
       {
         "Sid": "AWSCloudTrailAclCheck20150319",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Action": "s3:GetBucketAcl",
         "Resource": "arn:aws:s3:::example-archive",
         "Condition": {
           "StringEquals": {
             "aws:SourceArn": [
               "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization"
             ]
           }
         }
       },
       {
         "Sid": "AWSCloudTrailWrite20150319",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Action": "s3:PutObject",
         "Resource": [
           "arn:aws:s3:::example-archive/AWSLogs/111111111111/*"
         ],
         "Condition": {
           "StringEquals": {
             "s3:x-amz-acl": "bucket-owner-full-control",
             "aws:SourceArn": [
               "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization"
             ]
           }
         }
       },
       {
         "Sid": "AWSCloudTrailOrganizationWrite20150319",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Action": "s3:PutObject",
         "Resource": [
           "arn:aws:s3:::example-archive/AWSLogs/o-exampleorgid/*"
         ],
         "Condition": {
           "StringEquals": {
             "s3:x-amz-acl": "bucket-owner-full-control",
             "aws:SourceArn": [
               "arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization"
             ],
             "aws:SourceOrgID": "o-exampleorgid"
           }
         }
       }
     ]
   }
  `);
});

test("the policy with a data trail, an account trail and every denial", () => {
  expect(policy(everything)).toMatchSnapshot();
});

describe("what CloudTrail is allowed to do", () => {
  const allowed = policy(everything).Statement.filter(({ Effect }) => Effect === "Allow");

  test("is allowed to CloudTrail only", () => {
    for (const { Principal } of allowed) expect(Principal).toEqual({ Service: "cloudtrail.amazonaws.com" });
  });

  test("it is allowed for Trailwatch's own trails only", () => {
    const ours = [ORGANIZATION_TRAIL, DATA_TRAIL, ACCOUNT_TRAIL];
    for (const { Condition } of allowed) {
      const sources = [Condition?.StringEquals?.["aws:SourceArn"] ?? []].flat();
      expect(sources.length).toBeGreaterThan(0);
      expect(ours).toEqual(expect.arrayContaining(sources));
    }
  });

  test("writes require bucket-owner-full-control", () => {
    const writes = allowed.filter(({ Action }) => Action === "s3:PutObject");
    expect(writes).toHaveLength(3);
    for (const { Condition } of writes) {
      expect(Condition?.StringEquals?.["s3:x-amz-acl"]).toBe("bucket-owner-full-control");
    }
  });
});

test("an organization trail writes below its owner's id and below the organization's", () => {
  const resources = (sid: string) => statementOf(policy(), sid).Resource;
  expect(resources("AWSCloudTrailWrite20150319")).toEqual(["arn:aws:s3:::example-archive/AWSLogs/111111111111/*"]);
  expect(resources("AWSCloudTrailOrganizationWrite20150319")).toEqual([
    "arn:aws:s3:::example-archive/AWSLogs/o-exampleorgid/*",
  ]);
});

test("below the organization's id only this organization writes", () => {
  const { Condition } = statementOf(policy(), "AWSCloudTrailOrganizationWrite20150319");
  expect(Condition?.StringEquals?.["aws:SourceOrgID"]).toBe("o-exampleorgid");
});

test("an account trail writes below that account's id only", () => {
  const { Resource, Condition } = statementOf(policy(everything), "AWSCloudTrailWrite333333333333");
  expect(Resource).toEqual(["arn:aws:s3:::example-archive/AWSLogs/333333333333/*"]);
  expect(Condition?.StringEquals?.["aws:SourceArn"]).toBe(ACCOUNT_TRAIL);
});

test("CloudTrail can check the bucket for every trail that delivers", () => {
  const { Action, Resource, Condition } = statementOf(policy(everything), "AWSCloudTrailAclCheck20150319");
  expect([Action, Resource]).toEqual(["s3:GetBucketAcl", "arn:aws:s3:::example-archive"]);
  expect(Condition?.StringEquals?.["aws:SourceArn"]).toEqual([ORGANIZATION_TRAIL, DATA_TRAIL, ACCOUNT_TRAIL]);
});

test("principals outside the organization may neither read, nor list, nor write", () => {
  expect(statementOf(policy(), "DenyOutsideOrganization")).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:GetObject*", "s3:ListBucket*", "s3:PutObject*"],
    Resource: ["arn:aws:s3:::example-archive", "arn:aws:s3:::example-archive/*"],
    Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" } },
  });
});

test.each([1, 3650])("no principal may lock an object for less than %i days", (retentionDays) => {
  expect(statementOf(policy({ retentionDays }), "DenyShorterRetention")).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject", "s3:PutObjectRetention"],
    Condition: { NumericLessThan: { "s3:object-lock-remaining-retention-days": String(retentionDays) } },
  });
});

test("writers other than CloudTrail are denied only if configured", () => {
  const sids = ({ Statement }: ReturnType<typeof policy>) => Statement.map(({ Sid }) => Sid);
  expect(sids(policy())).not.toContain("DenyWritesNotFromCloudTrail");
  expect(statementOf(policy(everything), "DenyWritesNotFromCloudTrail")).toMatchObject({
    Effect: "Deny",
    Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"],
    Condition: { StringNotEqualsIfExists: { "aws:PrincipalServiceName": "cloudtrail.amazonaws.com" } },
  });
});

describe("requests of an administrator of the account, whose own policies allow everything", () => {
  const ADMINISTRATOR = "arn:aws:iam::222222222222:role/Administrator";
  const BREAK_GLASS = "arn:aws:iam::222222222222:role/break-glass";
  const OBJECT = "arn:aws:s3:::example-archive/AWSLogs/o-exampleorgid/333333333333/CloudTrail/a.json.gz";
  const DAYS = "s3:object-lock-remaining-retention-days";

  const may = (
    action: string,
    context: Record<string, string> = {},
    changes: Partial<ArchiveBucketPolicyProps> = { breakGlassRole: "break-glass" },
    principal = ADMINISTRATOR,
  ) => {
    const { Version, Statement } = policy(changes);
    const everything = { Sid: "All", Effect: "Allow", Principal: { AWS: principal }, Action: "*", Resource: "*" };
    return admits(
      { Version, Statement: [...Statement, everything] },
      {
        principal,
        action,
        resource: OBJECT,
        context: {
          "aws:PrincipalArn": principal,
          "aws:PrincipalOrgID": "o-exampleorgid",
          "aws:PrincipalIsAWSService": "false",
          ...context,
        },
      },
    );
  };

  test.each(["BypassGovernanceRetention", "DeleteObject", "DeleteObjectVersion", "ReplicateDelete"])(
    "s3:%s is denied to every role but the break-glass role, if there is one",
    (action) => {
      expect(may(`s3:${action}`)).toBe(false);
      expect(may(`s3:${action}`, {}, {})).toBe(false);
      expect(may(`s3:${action}`, {}, { breakGlassRole: "break-glass" }, BREAK_GLASS)).toBe(true);
      expect(may(`s3:${action}`, {}, {}, BREAK_GLASS)).toBe(false);
      expect(may(`s3:${action}`, {}, { breakGlassRole: "break-glass" }, `${BREAK_GLASS}-2`)).toBe(false);
    },
  );

  test.each<[string, Record<string, string>, boolean]>([
    ["no date, which removes the lock", {}, false],
    ["an earlier date", { [DAYS]: "364" }, false],
    ["a date in the past", { [DAYS]: "-1" }, false],
    ["the same date", { [DAYS]: "365" }, true],
    ["a later date", { [DAYS]: "366" }, true],
  ])("a retention with %s", (_date, context, allowed) => {
    expect(may("s3:PutObjectRetention", context)).toBe(allowed);
  });

  test("a legal hold may be placed, and lifted by the break-glass role only", () => {
    const hold = (value: string, principal?: string) =>
      may(
        "s3:PutObjectLegalHold",
        { "s3:object-lock-legal-hold": value },
        { breakGlassRole: "break-glass" },
        principal,
      );
    expect([hold("ON"), hold("OFF"), hold("OFF", BREAK_GLASS)]).toEqual([true, false, true]);
  });

  test("uploads with a shorter lock are denied, and all uploads and replicas unless other writers are admitted", () => {
    const open = { denyWritesNotFromCloudTrail: false };
    expect([may("s3:PutObject", {}, open), may("s3:PutObject", { [DAYS]: "1" }, open)]).toEqual([true, false]);
    const closed = { denyWritesNotFromCloudTrail: true, breakGlassRole: "break-glass" };
    for (const action of ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"]) {
      expect([may(action, {}, closed), may(action, {}, closed, BREAK_GLASS)]).toEqual([false, false]);
    }
  });

  test("reading, and restoring a version that expired, are not denied", () => {
    expect([may("s3:GetObject"), may("s3:GetObjectVersion"), may("s3:RestoreObject")]).toEqual([true, true, true]);
  });
});

describe("CloudTrail's delivery with every denial", () => {
  const delivers = (path: string, trail: string, changes: Record<string, string> = {}) =>
    admits(policy(everything), {
      principal: "cloudtrail.amazonaws.com",
      action: "s3:PutObject",
      resource: `arn:aws:s3:::example-archive/AWSLogs/${path}`,
      context: {
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": "cloudtrail.amazonaws.com",
        "aws:SourceArn": trail,
        "aws:SourceOrgID": "o-exampleorgid",
        "s3:x-amz-acl": "bucket-owner-full-control",
        ...changes,
      },
    });

  test.each([
    ["log files of the organization", "o-exampleorgid/333333333333/CloudTrail/eu-west-1/a.json.gz", ORGANIZATION_TRAIL],
    ["its digests", "o-exampleorgid/333333333333/CloudTrail-Digest/eu-west-1/a.json.gz", ORGANIZATION_TRAIL],
    ["its Insights", "o-exampleorgid/333333333333/CloudTrail-Insight/eu-west-1/a.json.gz", ORGANIZATION_TRAIL],
    ["its data events", "o-exampleorgid/333333333333/CloudTrail/eu-west-1/b.json.gz", DATA_TRAIL],
    ["log files of an account's trail", "333333333333/CloudTrail/eu-west-1/a.json.gz", ACCOUNT_TRAIL],
  ])("admits %s", (_what, path, trail) => {
    expect(delivers(path, trail)).toBe(true);
  });

  test("admits no other service, and no other trail", () => {
    const [path, trail] = ["333333333333/CloudTrail/a.json.gz", ACCOUNT_TRAIL];
    expect(delivers(path, trail, { "aws:PrincipalServiceName": "config.amazonaws.com" })).toBe(false);
    expect(delivers(path, DATA_TRAIL)).toBe(false);
  });
});

test("no upload is denied because of its encryption header: the trail could not be created", () => {
  expect(JSON.stringify(policy(everything))).not.toContain("server-side-encryption");
});

test("a policy has no statement id twice", () => {
  const management = { accountId: "111111111111", arn: "arn:aws:cloudtrail:eu-west-1:111111111111:trail/account" };
  const sids = policy({ ...everything, accountTrails: [management] }).Statement.map(({ Sid }) => Sid);
  expect(new Set(sids).size).toBe(sids.length);
});

/** Accounts with a trail of their own, from 333333333333 on. */
function accountTrails(count: number, region = "eu-west-1", name = "account"): DeliveringTrail[] {
  return Array.from({ length: count }, (_, index) => {
    const accountId = String(333333333333 + index);
    return { accountId, arn: `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}` };
  });
}

describe("account trails", () => {
  const sids = (count: number, changes: Partial<ArchiveBucketPolicyProps> = {}) =>
    policy({ ...everything, accountTrails: accountTrails(count), ...changes }).Statement.map(({ Sid }) => Sid);
  const OF_ACCOUNTS = ["AWSCloudTrailAclCheckOfAccounts", "AWSCloudTrailWriteOfAccounts"];

  test("are named one by one up to a number, and all together above it", () => {
    const most = sids(MOST_NAMED_ACCOUNT_TRAILS);
    expect(most).toEqual(expect.arrayContaining(["AWSCloudTrailWrite333333333333", "AWSCloudTrailWrite333333333357"]));
    expect(most).not.toEqual(expect.arrayContaining([OF_ACCOUNTS[0]]));
    const more = sids(MOST_NAMED_ACCOUNT_TRAILS + 1);
    expect(more.slice(-2)).toEqual(OF_ACCOUNTS);
    expect(more.filter((sid) => /Write\d{12}$/.test(sid))).toEqual([]);
    // The organization's trails are still named.
    expect(more).toContain("AWSCloudTrailOrganizationWrite20150319");
  });

  test.each([0, 1, MOST_NAMED_ACCOUNT_TRAILS, MOST_NAMED_ACCOUNT_TRAILS + 1, 5000])(
    "%i of them fit, with the longest names",
    (count) => {
      const statements = policy({
        ...everything,
        bucketArn: `arn:aws-us-gov:s3:::${"b".repeat(63)}`,
        breakGlassRole: "r".repeat(64),
        organizationTrails: ["", "-data", "-data-alarms"].map((suffix) => ({
          accountId: "111111111111",
          arn: `arn:aws-us-gov:cloudtrail:ap-southeast-1:111111111111:trail/${"p".repeat(25)}-organization${suffix}`,
        })),
        accountTrails: accountTrails(count, "ap-southeast-1", `${"p".repeat(25)}-account`),
      }).Statement;
      // Besides these, a bucket's policy denies requests without TLS.
      expect(policyJson("bucket", statements).length).toBeLessThan(POLICY_LIMITS.bucket - 700);
    },
  );

  test("without a trail of the organization, no statement is about one", () => {
    const accounts = (count: number) => sids(count, { organizationTrails: [] }).filter((sid) => sid.startsWith("AWS"));
    expect(accounts(1)).toEqual(["AWSCloudTrailAclCheck20150319", "AWSCloudTrailWrite333333333333"]);
    expect(accounts(MOST_NAMED_ACCOUNT_TRAILS + 1)).toEqual(OF_ACCOUNTS);
  });

  describe.each([1, MOST_NAMED_ACCOUNT_TRAILS + 1])("of %i accounts", (count) => {
    const may = (
      action: string,
      resource: string,
      { account = "333333333333", name = "account", organization = "o-exampleorgid", principal = "cloudtrail" } = {},
    ) =>
      admits(policy({ ...everything, accountTrails: accountTrails(count) }), {
        principal: `${principal}.amazonaws.com`,
        action,
        resource: `arn:aws:s3:::example-archive${resource}`,
        context: {
          "aws:PrincipalIsAWSService": "true",
          "aws:PrincipalServiceName": `${principal}.amazonaws.com`,
          "aws:SourceAccount": account,
          "aws:SourceArn": `arn:aws:cloudtrail:eu-west-1:${account}:trail/${name}`,
          "aws:SourceOrgID": organization,
          ...(action === "s3:PutObject" && { "s3:x-amz-acl": "bucket-owner-full-control" }),
        },
      });
    const FILE = "/AWSLogs/333333333333/CloudTrail/eu-west-1/2026/12/01/a.json.gz";

    test("each delivers below its account's id, and checks the bucket", () => {
      expect([may("s3:PutObject", FILE), may("s3:GetBucketAcl", "")]).toEqual([true, true]);
      expect(may("s3:PutObject", FILE.replace("CloudTrail", "CloudTrail-Digest"))).toBe(true);
    });

    test.each([
      ["below another account's id", "/AWSLogs/333333333334/CloudTrail/a.json.gz", {}],
      ["below the organization's id", "/AWSLogs/o-exampleorgid/333333333333/CloudTrail/a.json.gz", {}],
      ["elsewhere", "/333333333333/CloudTrail/a.json.gz", {}],
      ["with another name", FILE, { name: "account-2" }],
      ["of another service", FILE, { principal: "config" }],
      [
        "of an account outside the organization",
        FILE.replace("333333333333", "999999999999"),
        { account: "999999999999", organization: "o-elsewhere" },
      ],
    ])("none delivers %s", (_where, path, changes) => {
      expect(may("s3:PutObject", path, changes)).toBe(false);
    });

    test("none reads or deletes", () => {
      expect([may("s3:GetObject", FILE), may("s3:DeleteObject", FILE)]).toEqual([false, false]);
    });
  });
});
