import type { StateBucketFacts } from "../../../delivery/bootstrap/bucket-facts";
import { stateBucketFindings } from "../../../delivery/bootstrap/bucket-findings";
import type { BucketUse } from "../../../delivery/bootstrap/bucket-use";

const BUCKET = "arn:aws:s3:::company-states";
const ROLE = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole";
const KEY = "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d";
const USE: BucketUse = {
  bucket: "company-states",
  region: "eu-west-1",
  objectKey: "sec/trailwatch/state-backend/terraform.tfstate",
  objects: "sec/trailwatch/*/terraform.tfstate",
  organizationId: "o-exampleorgid",
  accountId: "222222222222",
  writers: [ROLE],
};
const TLS = {
  Sid: "Tls",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [BUCKET, `${BUCKET}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const BLOCKED = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const GOOD: StateBucketFacts = {
  versioning: "Enabled",
  encryption: { algorithm: "AES256" },
  publicAccessBlock: BLOCKED,
  policy: policy(TLS),
  denied: {},
};
const found = (changes: Partial<StateBucketFacts>, use: Partial<BucketUse> = {}) =>
  stateBucketFindings({ ...GOOD, ...changes }, { ...USE, ...use }).filter(({ status }) => status !== "ok");
const denial = (Condition: object, more: object = {}) => policy(TLS, { ...TLS, Sid: "Guard", Condition, ...more });

test("nothing is missing in a bucket that protects states", () => {
  expect(found({})).toEqual([]);
  expect(stateBucketFindings(GOOD, USE)).toHaveLength(6);
});

test.each<[string, Partial<StateBucketFacts>, string]>([
  ["versions", { versioning: "Suspended" }, "--versioning-configuration Status=Enabled"],
  ["versions that were never on", { versioning: undefined }, "put-bucket-versioning"],
  ["a public access block", { publicAccessBlock: undefined }, "RestrictPublicBuckets=true"],
  ["a part of it", { publicAccessBlock: { ...BLOCKED, IgnorePublicAcls: false } }, "put-public-access-block"],
  ["a key that the setting names", { encryption: { algorithm: "aws:kms", keyId: KEY } }, `keyArn: ${KEY}`],
  ["a policy", { policy: undefined }, "put-bucket-policy"],
])("what is missing is one finding with the command: %s", (_name, facts, fix) => {
  expect(found(facts)).toEqual([
    expect.objectContaining({ status: "missing", fix: expect.stringContaining(fix) as string }),
  ]);
});

test("the statement to add denies requests without TLS", () => {
  const [first] = found({ policy: policy({ ...TLS, Action: "s3:GetObject" }) });
  expect(first).toMatchObject({ text: "requests without TLS are not denied" });
  expect(found({ policy: policy(first?.statement ?? {}) })).toEqual([]);
});

test("who may read is listed, and everyone is a finding", () => {
  const open = { Sid: "Open", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${BUCKET}/*` };
  expect(found({ policy: policy(TLS, open) })).toEqual([
    expect.objectContaining({ status: "missing", text: "everyone may read the states: statement 'Open' allows it" }),
  ]);
  const other = "arn:aws:iam::333333333333:root";
  const partly = { ...open, Principal: { AWS: [other] } };
  const texts = (some: object) =>
    stateBucketFindings({ ...GOOD, policy: policy(TLS, some) }, USE).map(({ text }) => text);
  expect(texts(partly)).toContainEqual(expect.stringContaining(`its policy admits ${other}`));
  expect(texts({ ...partly, Resource: `${BUCKET}/others/*` })).toContainEqual(
    expect.stringContaining("its policy admits no one else"),
  );
});

describe("what the policy denies deployments", () => {
  test.each<[string, string, string]>([
    [
      "everything to other roles",
      denial({ ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/tf" } }),
      "s3:ListBucket",
    ],
    [
      "writes that are not conditional",
      denial({ Null: { "s3:if-none-match": "true" } }, { Action: "s3:PutObject" }),
      "s3:PutObject",
    ],
    ["deletion of lock files", denial({}, { Action: "s3:DeleteObject" }), "s3:DeleteObject"],
    [
      "encryption with the bucket's default",
      denial({ StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } }, { Action: "s3:PutObject" }),
      "s3:PutObject",
    ],
  ])("makes the bucket unusable: %s", (_name, text, action) => {
    const unusable = found({ policy: text });
    expect(unusable.map(({ status }) => status)).not.toContain("unknown");
    expect(unusable[0]?.text).toContain(`${ROLE} needs ${action} on `);
    expect(unusable[0]?.text).toContain("statement 'Guard' denies it");
  });

  test("is no problem where it exempts the role, or concerns other keys", () => {
    expect(found({ policy: denial({ ArnNotLike: { "aws:PrincipalArn": ROLE } }) })).toEqual([]);
    expect(found({ policy: denial({}, { Resource: `${BUCKET}/others/*` }) })).toEqual([]);
    expect(
      found({
        policy: denial({}, { Action: "s3:DeleteObject", NotResource: `${BUCKET}/*.tflock`, Resource: undefined }),
      }),
    ).toEqual([]);
  });

  test("is unknown where only the request shows it", () => {
    const doubts = found({ policy: denial({ StringNotEquals: { "aws:SourceVpce": "vpce-1" } }) });
    expect(doubts.length).toBeGreaterThan(0);
    for (const { status, text } of doubts) {
      expect([status, text]).toEqual(["unknown", expect.stringContaining("statement 'Guard' may deny it")]);
    }
  });
});

describe("the key of the states", () => {
  const use = { keyArn: KEY };
  const admits = (AWS: string) =>
    policy({ Sid: "Use", Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" });

  test("is enabled and admits the roles, by name or through IAM", () => {
    for (const principal of [ROLE, "arn:aws:iam::222222222222:root"]) {
      expect(found({ key: { state: "Enabled", policy: admits(principal) } }, use)).toEqual([]);
    }
  });

  test("makes the bucket unusable otherwise, with the statement to add", () => {
    const [refused] = found({ key: { state: "Enabled", policy: admits("arn:aws:iam::333333333333:root") } }, use);
    expect(refused).toMatchObject({ status: "unusable", text: expect.stringContaining(ROLE) as string });
    expect(found({ key: { state: "Enabled", policy: policy(refused?.statement ?? {}) } }, use)).toEqual([]);
    expect(found({ key: { state: "PendingDeletion" } }, use)).toEqual([
      expect.objectContaining({ status: "unusable", text: "the key of the states is PendingDeletion" }),
    ]);
  });
});

test("what may not be read is unknown, not missing", () => {
  const denied = { versioning: "s3:GetBucketVersioning", policy: "s3:GetBucketPolicy" };
  expect(found({ versioning: undefined, policy: undefined, denied })).toEqual([
    { status: "unknown", text: "not checked: the caller may not s3:GetBucketVersioning" },
    { status: "unknown", text: "not checked: the caller may not s3:GetBucketPolicy" },
  ]);
});
