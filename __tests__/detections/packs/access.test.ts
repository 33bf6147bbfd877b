import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { all, matches as matchesWildcard, not, type Condition } from "../../../detections/condition";
import { conditionsFor, type TunedDetection } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, consoleSignIn, deniedCall, root } from "../../../detections/example-record";
import { filterPatterns } from "../../../detections/filter-pattern";
import { access } from "../../../detections/packs/access";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";
import { compileFilterPattern } from "../../../signals";

const detections = access.detections.filter((detection): detection is TunedDetection => "condition" in detection);
const judges = new Map(
  detections.map((detection) => [detection, conditionsFor(detection, EXAMPLE_ACCOUNT).map(predicate)]),
);

describe.each(detections.map((detection) => [detection.id, detection] as const))("%s", (_id, detection) => {
  const { matches, nearMisses } = detection.examples;

  test("meets each example once and no near miss", () => {
    expect(matches.map((record) => timesMet(detection, record))).toEqual(matches.map(() => 1));
    expect(nearMisses.map((record) => timesMet(detection, record))).toEqual(nearMisses.map(() => 0));
    expect(Math.min(matches.length, nearMisses.length)).toBeGreaterThanOrEqual(2);
  });

  test.each(["$", "$.detail"] as const)("says the same to CloudWatch at %s", (from) => {
    const patterns = patternsOf(detection, from).map((text) => compileFilterPattern(text));
    for (const record of [...matches, ...nearMisses]) {
      const event = JSON.stringify(from === "$" ? record : { detail: record });
      expect(patterns.filter((pattern) => pattern.matches(event))).toHaveLength(timesMet(detection, record));
    }
  });

  test("has room for an ignore", () => {
    const people = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Builder_*";
    const ignore = not(matchesWildcard("userIdentity.sessionContext.sessionIssuer.arn", people));
    expect(() => patternsOf(detection, "$.detail", ignore)).not.toThrow();
  });
});

test("every detection of the pack is tuned", () => {
  expect(detections).toHaveLength(access.detections.length);
});

const PUBLIC_POLICIES_ONLY = { BlockPublicPolicy: false, RestrictPublicBuckets: false };
const ACLS_ONLY = { BlockPublicAcls: false, IgnorePublicAcls: false };
const blockedBut = (changes: object) => ({
  requestParameters: {
    PublicAccessBlockConfiguration: {
      ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      ...changes,
    },
  },
});

describe("who is told of", () => {
  test.each<[string, CloudTrailRecord, string[]]>([
    ["a root session in a member account", rootSession("DeleteBucketPolicy"), ["root-use"]],
    ["root without a second factor", rootSignIn({ MFAUsed: "No" }), ["root-use", "console-sign-in-without-mfa"]],
    ["root with one, in the capitals of AWS's page", rootSignIn({ MFAUsed: "YES" }), ["root-use"]],
    [
      "a key for root",
      apiCall("iam", "CreateAccessKey", { userIdentity: root() }),
      ["root-use", "long-lived-credential-created"],
    ],
    ["root by AWS Internal", apiCall("kms", "Decrypt", { userIdentity: { ...root(), invokedBy: "AWS Internal" } }), []],
    ["a sign-in that a policy refused", refusedSignIn(), ["repeated-sign-in-failures", "denied-call-burst"]],
    [
      "an administrator made",
      apiCall("iam", "AttachRolePolicy", {
        requestParameters: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      }),
      ["administrator-access-granted", "iam-policy-changed"],
    ],
    ["a refused change", deniedCall("iam", "AttachRolePolicy"), ["denied-call-burst"]],
    ["an empty block of public access", put({ PublicAccessBlockConfiguration: "" }), ["public-access-block-removed"]],
    [
      "a block without policies",
      apiCall("s3", "PutBucketPublicAccessBlock", blockedBut(PUBLIC_POLICIES_ONLY)),
      ["public-access-block-removed"],
    ],
    [
      "a block without ACLs",
      apiCall("s3", "PutAccountPublicAccessBlock", blockedBut(ACLS_ONLY)),
      ["public-access-block-removed"],
    ],
    [
      "an image shared with everyone after the organization",
      sharedImage({ organizationArn: "o-1" }, { group: "all" }),
      ["image-or-snapshot-shared"],
    ],
    ["an organization left, which is for pack guard", apiCall("organizations", "LeaveOrganization"), []],
  ])("%s", (_what, record, ids) => {
    expect(detections.filter((detection) => timesMet(detection, record) > 0).map(({ id }) => id)).toEqual(ids);
  });

  test("a public access block that lacks both is one event", () => {
    const [detection] = detections.filter(({ id }) => id === "public-access-block-removed");
    const record = apiCall("s3", "PutBucketPublicAccessBlock", blockedBut({ ...PUBLIC_POLICIES_ONLY, ...ACLS_ONLY }));
    expect(detection && timesMet(detection, record)).toBe(1);
  });
});

const REAL_RECORDS = join(__dirname, "..", "..", "..", "..", "shared", "cloudtrail");
const withRealRecords = existsSync(REAL_RECORDS) ? describe : describe.skip;

withRealRecords("in the real records (skipped without ../shared/cloudtrail)", () => {
  let records: readonly CloudTrailRecord[];
  beforeAll(() => {
    records = realRecords();
  });

  test.each([
    // Nobody signs in or works as root there, and no sign-in fails.
    ["root-use", 0],
    ["console-sign-in-without-mfa", 2],
    ["repeated-sign-in-failures", 0],
    ["denied-call-burst", 320],
    ["administrator-access-granted", 4],
    ["iam-policy-changed", 28],
    ["iam-trust-changed", 6],
    ["long-lived-credential-created", 8],
    ["public-access-block-removed", 0],
    ["image-or-snapshot-shared", 6],
    ["database-made-public", 0],
    // A third one reads 208.236.235.254/0: anonymized, where EC2 writes 0.0.0.0/0.
    ["security-group-opened-to-world", 2],
    ["internet-route-created", 4],
    ["kms-key-disabled", 0],
    ["organization-policy-changed", 0],
  ])("%s has %i", (id, count) => {
    const named = detections.filter((detection) => detection.id === id);
    const met = records.filter((record) => named.some((detection) => timesMet(detection, record) > 0));
    expect(met.length).toBe(count);
  });
});

function patternsOf(detection: TunedDetection, from: "$" | "$.detail", ...further: Condition[]): string[] {
  return conditionsFor(detection, EXAMPLE_ACCOUNT).flatMap((each) => filterPatterns(all(each, ...further), from));
}

function timesMet(detection: TunedDetection, record: CloudTrailRecord): number {
  return (judges.get(detection) ?? []).filter((holds) => holds(record)).length;
}

function rootSession(operation: string): CloudTrailRecord {
  // As IAM's page on privileged tasks shows it: root with temporary credentials, and no other sign.
  return apiCall("s3", operation, {
    userIdentity: { ...root(), accessKeyId: "ASIAEXAMPLEKEY000000", sessionContext: {} },
  });
}

function rootSignIn(additionalEventData: object): CloudTrailRecord {
  return consoleSignIn({ userIdentity: root(), additionalEventData });
}

function refusedSignIn(): CloudTrailRecord {
  return consoleSignIn({ errorCode: "AccessDenied", responseElements: { ConsoleLogin: "Failure" } });
}

function put(requestParameters: object): CloudTrailRecord {
  return apiCall("s3", "PutBucketPublicAccessBlock", { requestParameters });
}

function sharedImage(...items: readonly object[]): CloudTrailRecord {
  return apiCall("ec2", "ModifyImageAttribute", { requestParameters: { launchPermission: { add: { items } } } });
}

function realRecords(): CloudTrailRecord[] {
  return ["invictus-aws_dataset", "stratus-red-team", "traildiscover"].flatMap((folder) =>
    readFileSync(join(REAL_RECORDS, folder, "records.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as CloudTrailRecord),
  );
}
