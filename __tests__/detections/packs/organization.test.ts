import { conditionsFor, type TunedDetection, type WatchedAccount } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole, consoleSignIn, iamUser, root } from "../../../detections/example-record";
import { filterPatterns, PATTERN_LIMITS } from "../../../detections/filter-pattern";
import { organization } from "../../../detections/packs/organization";
import { unwatchedRegionUsed } from "../../../detections/packs/organization/unwatched-region-used";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";
import { PARTITIONS } from "../../../lib/aws/partitions";

const REGIONS: readonly string[] = PARTITIONS.aws.regions;

const detections = organization.detections.filter((detection): detection is TunedDetection => "condition" in detection);

function matching(record: CloudTrailRecord, changes: Partial<WatchedAccount> = {}): string[] {
  const account = { ...EXAMPLE_ACCOUNT, ...changes };
  return detections
    .filter((detection) => conditionsFor(detection, account).some((condition) => predicate(condition)(record)))
    .map(({ id }) => id);
}

test("all see every account, by at most five filters", () => {
  expect(detections.map(({ scope }) => scope)).toEqual(organization.detections.map(() => "organization"));
  const patterns = detections.flatMap((detection) =>
    conditionsFor(detection, EXAMPLE_ACCOUNT).flatMap((condition) => filterPatterns(condition, "$")),
  );
  expect(patterns.length).toBeLessThanOrEqual(5);
});

describe("unwatched-region-used", () => {
  const call = (awsRegion: string, changes: object = {}) =>
    matching(apiCall("ec2", "CreateSnapshot", { awsRegion, recipientAccountId: "444455556666", ...changes }));

  test.each(["us-west-2", "ap-southeast-1", "xx-new-1"])("matches in %s, in any account", (region) => {
    expect(call(region)).toEqual(["unwatched-region-used"]);
    expect(call(region, { recipientAccountId: EXAMPLE_ACCOUNT.id })).toEqual(["unwatched-region-used"]);
  });

  test.each(["eu-west-1", "us-east-1"])("does not match in %s", (region) => {
    expect(call(region)).toEqual([]);
  });

  test.each([
    ["a failed call", { errorCode: "Client.VcpuLimitExceeded" }],
    ["a service", { userIdentity: { type: "AWSService", invokedBy: "backup.amazonaws.com" } }],
    [
      "a service-linked role",
      { userIdentity: { ...assumedRole("AWSServiceRoleForRDS"), invokedBy: "rds.amazonaws.com" } },
    ],
    ["an event of a service", { eventType: "AwsServiceEvent" }],
    ["a reading call", { readOnly: true }],
    ["a record without a region", { awsRegion: undefined }],
  ])("does not match %s", (_what, changes) => {
    expect(call("us-west-2", changes)).toEqual([]);
  });

  test.each([
    ["a person in the console", { userIdentity: { ...iamUser("alice"), invokedBy: "signin.amazonaws.com" } }],
    ["root, reading", { userIdentity: root(), readOnly: true }],
  ])("matches %s", (_what, changes) => {
    expect(call("us-west-2", changes)).toEqual(["unwatched-region-used"]);
  });

  test("fits into one filter, and into two if many regions are watched", () => {
    const byLength = [...REGIONS].sort((one, other) => other.length - one.length);
    byLength.forEach((_region, index) => {
      const regions = { watched: byLength.slice(0, index + 1), unwatched: byLength.slice(index + 1) };
      const conditions = conditionsFor(unwatchedRegionUsed as TunedDetection, { ...EXAMPLE_ACCOUNT, regions });
      const patterns = conditions.flatMap((condition) => filterPatterns(condition, "$"));
      const few = Math.min(regions.watched.length, regions.unwatched.length);
      expect(patterns).toHaveLength(few === 0 ? 0 : few <= 8 ? 1 : 2);
      expect(Math.max(0, ...patterns.map(({ length }) => length))).toBeLessThan(PATTERN_LIMITS.characters);

      const evaluators = conditions.map(predicate);
      const matchedBy = (record: CloudTrailRecord) => evaluators.filter((evaluate) => evaluate(record)).length;
      const counts = (of: (awsRegion: string) => CloudTrailRecord) => REGIONS.map((region) => matchedBy(of(region)));
      const expected = REGIONS.map((region) => (regions.unwatched.includes(region) ? 1 : 0));
      expect(counts((awsRegion) => apiCall("ec2", "RunInstances", { awsRegion }))).toEqual(expected);
      const additionalEventData = { MFAUsed: "No" };
      expect(counts((awsRegion) => consoleSignIn({ awsRegion, additionalEventData }))).toEqual(expected);
    });
  });

  test("matches sign-ins of root where the region of global services is omitted", () => {
    const signIn = consoleSignIn({ awsRegion: "us-east-1", userIdentity: root() });
    const watchedIn = (watched: string[]) => ({
      regions: { watched, unwatched: REGIONS.filter((region) => !watched.includes(region)) },
    });
    expect(matching(signIn, watchedIn(["eu-west-1"]))).toEqual(["unwatched-region-used"]);
    expect(matching(signIn, watchedIn(["eu-west-1", "us-east-1"]))).toEqual([]);
    const failed = { ...signIn, responseElements: { ConsoleLogin: "Failure" } };
    expect(matching(failed, watchedIn(["eu-west-1"]))).toEqual([]);
  });

  test("has nothing to watch if no region is named", () => {
    const record = apiCall("ec2", "RunInstances", { awsRegion: "us-west-2" });
    expect(matching(record, { regions: { watched: [...REGIONS], unwatched: [] } })).toEqual([]);
  });
});

test("a region enabled in the account itself is left to region-changed", () => {
  const enabled = (recipientAccountId: string) =>
    matching(apiCall("account", "EnableRegion", { awsRegion: "us-east-1", recipientAccountId }));
  expect(enabled("444455556666")).toEqual(["organization-extended"]);
  expect(enabled(EXAMPLE_ACCOUNT.id)).toEqual([]);
});

test("a foreign principal counts wherever it stands in the list", () => {
  const associations = [{ external: false }, { external: true }];
  const share = apiCall("ram", "AssociateResourceShare", {
    responseElements: { resourceShareAssociations: associations },
  });
  expect(matching(share)).toEqual(["domain-or-resource-handed-over"]);
});
