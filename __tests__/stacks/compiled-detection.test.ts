import { all, any, call, equals, exists, matches, oneOf, type Condition } from "../../detections/condition";
import type { Detection, WatchedAccount } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { apiCall, assumedRole, serviceEvent } from "../../detections/example-record";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { access } from "../../detections/packs/access";
import { accountNamed, type Account, type Feed } from "../../organization/organization";
import type { Ignore, Subscription } from "../../organization/resolve/subscriptions";
import { compileFilterPattern } from "../../signals";
import { compileSubscription, recordRoot } from "../../stacks/compiled-detection";
import { detectionNamed, tunedDetection } from "../support/detections";
import { testOrganization } from "../support/organization";

const accountFedBy = (feed: Feed): Account => ({ ...accountNamed(testOrganization(), "workloads"), feed });

function subscriptionTo(detection: Detection, ignore: readonly Ignore[] = []): Subscription {
  const { severity, threshold, periodSeconds, evaluationPeriods } = detection;
  const alarm = { kind: "static-threshold" } as const;
  return { pack: access, detection, severity, threshold, periodSeconds, evaluationPeriods, alarm, ignore };
}

interface Setting {
  readonly feed?: Feed;
  readonly ignore?: readonly Ignore[];
  readonly watched?: WatchedAccount;
}

const compile = (detection: Detection, { feed = "event-bus", ignore = [], watched = EXAMPLE_ACCOUNT }: Setting = {}) =>
  compileSubscription(subscriptionTo(detection, ignore), accountFedBy(feed), watched);

const withCondition = (condition: Condition): Detection => ({ ...tunedDetection("kms-key-disabled"), condition });
const counts = (patterns: readonly string[] = [], record: CloudTrailRecord, feed: Feed = "event-bus") => {
  const event = JSON.stringify(feed === "event-bus" ? { detail: record } : record);
  return patterns.filter((pattern) => compileFilterPattern(pattern).matches(event)).length;
};

const ROLE = "userIdentity.sessionContext.sessionIssuer.userName";
const IGNORED: Ignore = { field: ROLE, equals: "Pipeline", reason: "It does that." };

test("a tuned detection is compiled for the feed with its settings", () => {
  const detection = withCondition(call("kms", "DisableKey"));
  expect(compile(detection)).toMatchObject({
    ...subscriptionTo(detection),
    conditions: [all(call("kms", "DisableKey"))],
    filterPatterns: ['{ $.detail.eventSource = "kms.amazonaws.com" && $.detail.eventName = "DisableKey" }'],
    asCheckersExpect: false,
  });
  expect(compile(detection, { feed: "account-trail" })?.filterPatterns).toEqual([
    '{ $.eventSource = "kms.amazonaws.com" && $.eventName = "DisableKey" }',
  ]);
});

test("a verbatim detection keeps its patterns byte for byte, and has no event pattern", () => {
  const detection = detectionNamed("cis-4-10-security-group-changes");
  expect(compile(detection, { feed: "organization-trail" })).toMatchObject({
    filterPatterns: "patterns" in detection ? detection.patterns : [],
    conditions: [],
    asCheckersExpect: true,
  });
});

test("the query is the detection's, with fields where the feed puts them", () => {
  const detection = withCondition(call("kms", "DisableKey"));
  expect(compile(detection)?.queries().query).toContain('| filter detail.eventSource = "kms.amazonaws.com"');
  expect(compile(detection, { feed: "account-trail" })?.queries().query).toContain(
    '| filter eventSource = "kms.amazonaws.com"',
  );
});

test.each([
  ["event-bus", "$.detail"],
  ["account-trail", "$"],
  ["organization-trail", "$"],
] as const)("records of %s begin at %s", (feed, root) => {
  expect(recordRoot(accountFedBy(feed))).toBe(root);
});

test("a detection with nothing to watch is not compiled", () => {
  const nothing = { ...EXAMPLE_ACCOUNT, watchedSecrets: [] };
  expect(compile(tunedDetection("watched-secret-reads"), { watched: nothing })).toBeUndefined();
  expect(compile(tunedDetection("watched-secret-reads"))?.filterPatterns).toHaveLength(1);
});

describe("ignored events", () => {
  const detection = withCondition(call("kms", "DisableKey"));
  const patterns = compile(detection, { ignore: [IGNORED] })?.filterPatterns;

  test("does not count", () => {
    expect(counts(patterns, apiCall("kms", "DisableKey", { userIdentity: assumedRole("Pipeline") }))).toBe(0);
  });

  test("do not affect other principals", () => {
    expect(counts(patterns, apiCall("kms", "DisableKey", { userIdentity: assumedRole("Pipeline2") }))).toBe(1);
  });

  test("do not include events without the field", () => {
    const record = serviceEvent("kms", "DisableKey");
    expect(counts(patterns, record)).toBe(1);
    expect(patterns?.[0]).toContain(`($.detail.${ROLE} NOT EXISTS || $.detail.${ROLE} != "Pipeline")`);
  });

  test("may be given by a pattern and by a list", () => {
    const ignore = [IGNORED, { field: "userAgent", matches: "terraform*", reason: "Planned." }] as const;
    const both = compile(detection, { ignore });
    const call = (role: string, userAgent: string) =>
      apiCall("kms", "DisableKey", { userIdentity: assumedRole(role), userAgent });
    expect(counts(both?.filterPatterns, call("Mallory", "terraform/1.11"))).toBe(0);
    expect(counts(both?.filterPatterns, call("Pipeline", "aws-cli"))).toBe(0);
    expect(counts(both?.filterPatterns, call("Mallory", "aws-cli"))).toBe(1);
  });

  test("may be given by several fields, all of which must match", () => {
    const all = [
      { field: ROLE, equals: "Pipeline" },
      { field: "userAgent", matches: "terraform*" },
      { ipAddress: "10.20.0.0/16" },
    ] as const;
    const both = compile(detection, { ignore: [{ all: [...all], reason: "Planned." }] });
    const by = (role: string, userAgent: string, sourceIPAddress?: unknown) =>
      counts(
        both?.filterPatterns,
        apiCall("kms", "DisableKey", { userIdentity: assumedRole(role), userAgent, sourceIPAddress }),
      );
    expect(by("Pipeline", "terraform/1.11", "10.20.1.2")).toBe(0);
    expect(by("Mallory", "terraform/1.11", "10.20.1.2")).toBe(1);
    expect(by("Pipeline", "aws-cli", "10.20.1.2")).toBe(1);
    expect(by("Pipeline", "terraform/1.11", "10.21.1.2")).toBe(1);
    expect(by("Pipeline", "terraform/1.11")).toBe(1);
    expect(counts(both?.filterPatterns, serviceEvent("kms", "DisableKey"))).toBe(1);
    const [condition = exists("errorCode")] = both?.conditions ?? [];
    const ignored = { userIdentity: assumedRole("Pipeline"), userAgent: "terraform", sourceIPAddress: "10.20.1.2" };
    expect(predicate(condition)(apiCall("kms", "DisableKey", ignored))).toBe(false);
    expect(predicate(condition)(apiCall("kms", "DisableKey", { ...ignored, userAgent: "x" }))).toBe(true);
  });

  test("may be given by a range of addresses, which takes one regular expression at most", () => {
    const by = (sourceIPAddress: string, ...ranges: string[]) => {
      const ignore = ranges.map((ipAddress) => ({ ipAddress, reason: "Office." }));
      return counts(compile(detection, { ignore })?.filterPatterns, apiCall("kms", "DisableKey", { sourceIPAddress }));
    };
    expect(["172.15.9.9", "172.16.0.0", "172.31.9.9", "172.32.0.1"].map((ip) => by(ip, "172.16.0.0/12"))).toEqual([
      1, 0, 0, 1,
    ]);
    expect(["10.1.2.3", "192.0.2.1", "kms.amazonaws.com"].map((ip) => by(ip, "10.0.0.0/8", "192.0.2.1"))).toEqual([
      0, 0, 1,
    ]);
    expect(() => by("10.1.2.3", "10.16.0.0/12", "172.16.0.0/12", "100.64.0.0/10")).toThrow(
      "a filter pattern must hold at most 2 regular expressions, got '3'; its 'ignore' entries are part of it",
    );
  });

  test("are excluded from each of a detection's conditions", () => {
    const several = { ...EXAMPLE_ACCOUNT, watchedSecrets: ["one", "two"] };
    const reads = compile(tunedDetection("watched-secret-reads"), { ignore: [IGNORED], watched: several });
    expect(reads?.filterPatterns).toHaveLength(2);
    for (const pattern of reads?.filterPatterns ?? []) expect(pattern).toContain('!= "Pipeline"');
  });

  test("are excluded from the event pattern, and from the predicate as well", () => {
    const [condition = exists("errorCode")] = compile(detection, { ignore: [IGNORED] })?.conditions ?? [];
    expect(predicate(condition)(apiCall("kms", "DisableKey", { userIdentity: assumedRole("Pipeline") }))).toBe(false);
    expect(predicate(condition)(serviceEvent("kms", "DisableKey"))).toBe(true);
  });
});

describe("the account's own events", () => {
  const own = { ...withCondition(call("kms", "DisableKey")), scope: "account" } as const;
  const everybodys = { ...own, scope: "organization" } as const;
  const text = (detection: Detection, feed: Feed) => compile(detection, { feed })?.filterPatterns.join() ?? "";
  const CLAUSE = '$.recipientAccountId = "333333333333"';

  test("are distinguished from the organization's in a log group that holds both", () => {
    expect(text(own, "organization-trail")).toContain(CLAUSE);
  });

  test("are not distinguished from others if a detection is about the whole organization", () => {
    expect(text(everybodys, "organization-trail")).not.toContain("recipientAccountId");
  });

  test.each(["event-bus", "account-trail"] as const)("are the only ones on %s", (feed) => {
    expect(text(own, feed)).not.toContain("recipientAccountId");
    expect(text(everybodys, feed)).not.toContain("recipientAccountId");
  });

  test("count there, and no others", () => {
    const patterns = compile(own, { feed: "organization-trail" })?.filterPatterns;
    const record = (recipientAccountId: string) => apiCall("kms", "DisableKey", { recipientAccountId });
    expect(counts(patterns, record("333333333333"), "organization-trail")).toBe(1);
    expect(counts(patterns, record("444444444444"), "organization-trail")).toBe(0);
  });
});

describe("patterns that CloudWatch rejects are reported with detection and account", () => {
  const wildcards = (count: number) =>
    withCondition(all(...Array.from({ length: count }, (_, index) => matches("userAgent", `agent-${index}*`))));
  const NAMES = "detection 'kms-key-disabled' in account 'workloads': ";

  test("three wildcards are accepted, four are not", () => {
    expect(compile(wildcards(3))?.filterPatterns).toHaveLength(1);
    expect(() => compile(wildcards(4))).toThrow(`${NAMES}a filter pattern must hold at most 3 '*', got '4'`);
  });

  test("a wildcard too many is traced to the ignore entry that adds it", () => {
    const ignore = [{ field: "userAgent", matches: "terraform*", reason: "Planned." }] as const;
    expect(compile(wildcards(2), { ignore })?.filterPatterns).toHaveLength(1);
    expect(() => compile(wildcards(3), { ignore })).toThrow(
      `${NAMES}a filter pattern must hold at most 3 '*', got '4'; its 'ignore' entries are part of it`,
    );
  });

  const long = (length: number) => withCondition(equals("userAgent", "x".repeat(length)));
  const fixed = '{ $.detail.userAgent = "" }'.length;

  test("1,024 characters are accepted, one more is not", () => {
    expect(compile(long(1024 - fixed))?.filterPatterns.map(({ length }) => length)).toEqual([1024]);
    expect(() => compile(long(1025 - fixed))).toThrow(
      /^detection 'kms-key-disabled' in account 'workloads': a filter pattern must be at most 1024 characters, got '1025'$/,
    );
  });

  test("a list of operations is divided instead", () => {
    const names = Array.from({ length: 60 }, (_, index) => `DescribeSomething${index}`);
    const patterns = compile(withCondition(oneOf("eventName", names)))?.filterPatterns ?? [];
    expect(patterns.length).toBeGreaterThan(1);
    expect(names.map((eventName) => counts(patterns, { eventName }))).toEqual(names.map(() => 1));
  });

  test("errors that are not about a condition are passed on unchanged", () => {
    const broken = { ...tunedDetection("kms-key-disabled"), condition: () => [any()] };
    expect(() => compile(broken)).toThrow(`${NAMES}'all' and 'any' must hold at least one condition, got none`);
    const failing = {
      ...tunedDetection("kms-key-disabled"),
      condition: (): Condition[] => {
        throw new RangeError("not about a condition");
      },
    };
    expect(() => compile(failing)).toThrow(new RangeError("not about a condition"));
  });
});
