import * as fc from "fast-check";
import {
  all,
  any,
  call,
  equals,
  exists,
  isFalse,
  matches,
  not,
  oneOf,
  type Condition,
} from "../../detections/condition";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { apiCall, consoleSignIn, serviceEvent } from "../../detections/example-record";
import { EVENT_PATTERN_LIMIT, eventPatterns, type EventPattern } from "../../detections/event-pattern";
import { ConditionError } from "../../detections/normal-form";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { accountNamed } from "../../organization/organization";
import { subscriptionsOf } from "../../organization/resolve/subscriptions";
import { compileEventPattern } from "../../signals";
import { compileSubscription, type CompiledDetection } from "../../stacks/compiled-detection";
import { watchedAccount } from "../../stacks/watched-account";
import { testOrganization } from "../support/organization";

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
};

/** A record as EventBridge hands it on. */
function wrapped(record: CloudTrailRecord): object {
  const type = DETAIL_TYPES[String(record.eventType)];
  if (type === undefined) throw new Error(`no detail type for '${String(record.eventType)}'`);
  return {
    source: `aws.${String(record.eventSource).replace(".amazonaws.com", "")}`,
    "detail-type": type,
    detail: record,
  };
}

/** How many of the rules an event passes. */
function passes(patterns: readonly EventPattern[]): (event: object) => number {
  const compiled = patterns.map((pattern) => compileEventPattern(pattern));
  return (event) => compiled.filter((pattern) => pattern.matches(event)).length;
}

const lengthOf = (pattern: EventPattern | undefined) => JSON.stringify(pattern).length;

const reason = "Copies what the backup needs.";
/** Entries of which the example account has the names. */
const IGNORED = [
  { field: "userIdentity.sessionContext.sessionIssuer.userName", equals: "Inventory", reason },
  { field: "userIdentity.sessionContext.sessionIssuer.userName", matches: "Backup*", reason },
  { field: "userIdentity.userName", equals: "scanner", reason },
] as const;

/** The default packs of an account that is, and has, what the example records are about. */
function defaultPacks(name: "workloads" | "log-archive"): CompiledDetection[] {
  const organization = testOrganization({
    archive: { bucket: "example-org-trailwatch-archive" },
    alertHub: { account: "log-archive" },
    state: { backend: "s3", account: "log-archive", bucket: "example-org-trailwatch-state" },
    detections: { "root-use": { ignore: [...IGNORED] } },
    accounts: {
      management: { id: EXAMPLE_ACCOUNT.managementAccount },
      [name]: { id: EXAMPLE_ACCOUNT.id, secrets: { watch: [...EXAMPLE_ACCOUNT.watchedSecrets] } },
    },
  });
  const account = accountNamed(organization, name);
  const watched = watchedAccount(organization, account);
  if (name === "log-archive") expect({ ...EXAMPLE_ACCOUNT, ...watched }).toEqual({ ...EXAMPLE_ACCOUNT, name });
  return subscriptionsOf(organization, account).flatMap(
    (subscription) => compileSubscription(subscription, account, watched) ?? [],
  );
}

describe.each(["workloads", "log-archive"] as const)("the rules of the default packs in %s", (name) => {
  const detections = defaultPacks(name);
  const patterns = eventPatterns(detections.flatMap(({ conditions }) => conditions));
  const count = passes(patterns);

  test("fit EventBridge's limit", () => {
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) expect(lengthOf(pattern)).toBeLessThanOrEqual(EVENT_PATTERN_LIMIT);
  });

  test.each(detections.map((compiled) => [compiled.detection.id, compiled] as const))(
    "let every example of %s through, once",
    (_id, { conditions, detection }) => {
      const { matches: records } = detection.examples;
      const met = conditions.map((condition) => predicate(condition));
      const timesMet = (record: CloudTrailRecord) => met.filter((holds) => holds(record)).length;
      // Some examples are about the archive or the alert hub, which workloads does not have.
      const own = name === "log-archive" ? records : records.filter((record) => timesMet(record) > 0);
      expect(own.length).toBeGreaterThan(0);
      expect(own.map(timesMet)).toEqual(own.map(() => 1));
      expect(own.map((record) => count(wrapped(record)))).toEqual(own.map(() => 1));
    },
  );

  test("let no example through twice, near misses included", () => {
    const records = detections.flatMap(({ detection: { examples } }) => [...examples.matches, ...examples.nearMisses]);
    expect(records.filter((record) => count(wrapped(record)) > 1)).toEqual([]);
  });

  test.each<[string, object]>([
    ["an event that no detection requires", wrapped(apiCall("ec2", "DescribeInstances"))],
    ["a read from a bucket", wrapped(apiCall("s3", "GetObject"))],
    ["another kind of event", { ...wrapped(consoleSignIn()), "detail-type": "EC2 Instance State-change Notification" }],
    ["an event of a custom source", { ...wrapped(apiCall("kms", "DisableKey")), source: "my.application" }],
  ])("keep out %s", (_what, event) => {
    expect(count(event)).toBe(0);
  });
});

const DisableKey = call("kms", "DisableKey");

describe("a rule", () => {
  test("is about AWS's own events, of the sources and operations that are asked for", () => {
    expect(eventPatterns([call("kms", "DisableKey", "ScheduleKeyDeletion")])).toEqual([
      {
        source: [{ prefix: "aws." }],
        "detail-type": expect.arrayContaining(Object.values(DETAIL_TYPES)) as string[],
        detail: { eventSource: ["kms.amazonaws.com"], eventName: ["DisableKey", "ScheduleKeyDeletion"] },
      },
    ]);
  });

  test("of a source that needs all of its events admits those of no other source", () => {
    const patterns = eventPatterns([equals("eventSource", "iam.amazonaws.com"), DisableKey]);
    expect(patterns.map(({ detail }) => detail)).toEqual([
      { eventSource: ["kms.amazonaws.com"], eventName: ["DisableKey"] },
      { eventSource: ["iam.amazonaws.com"] },
    ]);
  });

  test("of a source that needs all of its changes admits those of no other source", () => {
    const changes = all(equals("eventSource", "sqs.amazonaws.com"), isFalse("readOnly"));
    expect(eventPatterns([changes, DisableKey]).map(({ detail }) => detail)).toEqual([
      { eventSource: ["kms.amazonaws.com"], eventName: ["DisableKey"] },
      { eventSource: ["sqs.amazonaws.com"], readOnly: [false] },
    ]);
  });

  test("has what is about no source in particular for each source, and once more for all others", () => {
    const patterns = eventPatterns([DisableKey, exists("errorCode")]);
    expect(patterns.map(({ detail }) => detail)).toEqual([
      { eventSource: ["kms.amazonaws.com"] },
      { eventSource: [{ "anything-but": { prefix: ["kms."] } }] },
    ]);
    const count = passes(patterns);
    for (const service of ["kms", "iam"]) expect(count(wrapped(apiCall(service, "X")))).toBe(1);
  });

  test("names sources that are not AWS services in full: another name may begin with one of them", () => {
    const count = passes(eventPatterns([equals("eventSource", "a"), DisableKey, exists("errorCode")]));
    for (const eventSource of ["a", "ab", "kms.amazonaws.com", "kms-custom"]) {
      expect(count(wrapped({ ...apiCall("kms", "X"), errorCode: "AccessDenied", eventSource }))).toBe(1);
    }
  });

  test("is not there when nothing is asked for", () => {
    expect(eventPatterns([])).toEqual([]);
  });

  test("says nothing twice", () => {
    expect(eventPatterns([DisableKey, DisableKey])).toEqual(eventPatterns([DisableKey]));
    const narrower = all(DisableKey, equals("userIdentity.type", "Root"));
    expect(eventPatterns([DisableKey, narrower])).toEqual(eventPatterns([DisableKey]));
  });

  test("does not depend on the order of conditions", () => {
    const conditions = [DisableKey, call("iam", "CreateUser"), call("kms", "CreateGrant")];
    expect(eventPatterns([...conditions].reverse())).toEqual(eventPatterns(conditions));
  });

  test("lets service events through", () => {
    const count = passes(eventPatterns([call("secretsmanager", "RotationFailed")]));
    expect(count(wrapped(serviceEvent("secretsmanager", "RotationFailed")))).toBe(1);
  });
});

describe("2,048 characters", () => {
  const named = (source: string, length: number) =>
    all(equals("eventSource", source), equals("eventName", "x".repeat(length)));
  const fixed = lengthOf(eventPatterns([named("kms.amazonaws.com", 1)])[0]) - 1;
  const room = EVENT_PATTERN_LIMIT - fixed;

  test("are enough for one source, one more is refused", () => {
    expect(eventPatterns([named("kms.amazonaws.com", room)]).map(lengthOf)).toEqual([EVENT_PATTERN_LIMIT]);
    expect(() => eventPatterns([named("kms.amazonaws.com", room + 1)])).toThrow(
      'an event pattern must be at most 2048 characters, and what is asked of "kms.amazonaws.com" alone is longer',
    );
  });

  test("are shared by sources as long as they last", () => {
    const both = (length: number) => eventPatterns([named("a", length), named("b", 10)]);
    const alone = lengthOf(both(20)[0]) - 20;
    expect(both(EVENT_PATTERN_LIMIT - alone).map(lengthOf)).toEqual([EVENT_PATTERN_LIMIT]);
    expect(both(EVENT_PATTERN_LIMIT - alone + 1)).toHaveLength(2);
  });

  test("are the limit of what is about no source in particular, too", () => {
    const anywhere = (length: number) => [matches("errorMessage", "x*"), equals("errorCode", "x".repeat(length))];
    const [, condition = DisableKey] = anywhere(1);
    const around = lengthOf(eventPatterns([condition])[0]) - 1;
    const [, longest = DisableKey] = anywhere(EVENT_PATTERN_LIMIT - around);
    const [, tooLong = DisableKey] = anywhere(EVENT_PATTERN_LIMIT - around + 1);
    expect(eventPatterns([longest]).map(lengthOf)).toEqual([EVENT_PATTERN_LIMIT]);
    expect(() => eventPatterns([tooLong])).toThrow(
      "an event pattern must be at most 2048 characters, and what is asked of any other source is longer",
    );
  });

  test("are the limit of the list of sources that all others are told by", () => {
    const sources = (count: number) =>
      Array.from({ length: count }, (_, index) => equals("eventSource", `service-number-${index}.amazonaws.com`));
    const root = equals("userIdentity.type", "Root");
    expect(() => eventPatterns([...sources(30), root])).not.toThrow();
    expect(() => eventPatterns([...sources(100), root])).toThrow("any other source is longer");
  });
});

// Generated conditions on few short texts are in __tests__/signals/feed-rules.test.ts; these are long enough to need
// several rules.
test("however many rules it takes, no event passes two, and each that meets a condition passes one", () => {
  const services = Array.from({ length: 12 }, (_, index) => `service-${index}`);
  const operations = Array.from({ length: 30 }, (_, index) => `UpdateSomethingWithRatherLongName${index}`);
  const service = fc.constantFrom(...services);
  const operation = fc.constantFrom(...operations);
  const type = fc.constantFrom("Root", "IAMUser", "AssumedRole");
  const errorCode = fc.constantFrom("AccessDenied", "AccessDeniedException", "ThrottlingException");

  const narrowed: fc.Arbitrary<readonly Condition[]> = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: type.map((value) => [equals("userIdentity.type", value)]) },
    { weight: 1, arbitrary: errorCode.map((value) => [not(equals("errorCode", value))]) },
    { weight: 1, arbitrary: fc.constant([matches("errorCode", "AccessDenied*")]) },
  );
  const ofService = fc
    .tuple(service, fc.uniqueArray(operation, { minLength: 1, maxLength: 20 }), narrowed)
    .map(([name, names, rest]) => all(call(name, ...names), ...rest));
  const ofAny = fc.oneof(
    type.map((value) => equals("userIdentity.type", value)),
    fc.uniqueArray(errorCode, { minLength: 1 }).map((codes) => oneOf("errorCode", codes)),
    operation.map((name) => all(equals("eventName", name), matches("eventSource", "service-1*"))),
  );
  const condition = fc.oneof(
    { weight: 8, arbitrary: ofService },
    { weight: 1, arbitrary: ofAny },
    { weight: 1, arbitrary: fc.tuple(ofService, ofService).map(([one, other]) => any(one, other)) },
  );
  const record = fc
    .record({ service, eventName: operation, type, errorCode: fc.option(errorCode, { nil: undefined }) })
    .map(({ service: name, eventName, type: userType, errorCode: code }) => ({
      eventType: "AwsApiCall",
      eventSource: `${name}.amazonaws.com`,
      eventName,
      userIdentity: { type: userType },
      errorCode: code,
    }));

  /** Another set of conditions is taken where those of one service alone are too long, which few are. */
  const patternsOf = (asked: readonly Condition[]) => {
    try {
      return eventPatterns(asked);
    } catch (error) {
      fc.pre(!(error instanceof ConditionError && error.message.endsWith("alone is longer")));
      throw error;
    }
  };

  let divided = 0;
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 25 }),
      fc.array(record, { maxLength: 20 }),
      (asked, records) => {
        const patterns = patternsOf(asked);
        const ofSources = patterns.filter(({ detail }) => !JSON.stringify(detail).includes("anything-but"));
        divided += ofSources.length > 1 ? 1 : 0;
        for (const pattern of patterns) expect(lengthOf(pattern)).toBeLessThanOrEqual(EVENT_PATTERN_LIMIT);

        const count = passes(patterns);
        const holds = asked.map((one) => predicate(one));
        for (const one of records) {
          const passed = count(wrapped(one));
          expect(passed).toBeLessThanOrEqual(1);
          if (holds.some((met) => met(one))) expect(passed).toBe(1);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(divided).toBeGreaterThan(0);
});
