import { MEMBER, ORGANIZATION, account, complaints } from "../accounts-folder";

const MANAGEMENT = account("management", "111122223333", "management");

const member = (lines: string) => complaints({ "workloads.yaml": `${MEMBER}${lines}\n` });
const organization = (lines: string, changes = {}) =>
  complaints({ "organization.yaml": `${ORGANIZATION}${lines}\n`, ...changes });

describe("settings of a detection", () => {
  test("that are unknown are rejected with a suggestion", () => {
    expect(member("detections:\n  root-uses: { threshold: 2 }")).toEqual([
      "'detections.root-uses' must be a known setting, got '{ threshold: 2 }' (at workloads.yaml:5:3); did you mean 'root-use'?",
    ]);
  });

  test("that are similar to none are rejected without listing the whole catalogue", () => {
    expect(member("detections:\n  quantum-leak: {}")).toEqual([
      expect.stringMatching(/; known here: ([a-z-]+, ){15}[a-z-]+ and \d+ more$/),
    ]);
  });

  test("are refused where their pack is off", () => {
    expect(member("packs: [access]\ndetections:\n  secret-deleted:\n    severity: high")).toEqual([
      "'detections.secret-deleted' must not be set while pack 'secrets' is off here, got 'severity: high' (at workloads.yaml:6:3); add 'secrets' to packs, or remove these settings",
    ]);
  });

  test("are refused where their pack is off by the organization's choice", () => {
    const changes = { "workloads.yaml": `${MEMBER}detections: { secret-deleted: { severity: high } }\n` };
    expect(organization("packs: { member: [access] }", changes)).toEqual([
      expect.stringContaining("'detections.secret-deleted' must not be set while pack 'secrets' is off here"),
    ]);
  });

  test("for all accounts may be of a pack that is off in some", () => {
    expect(organization("packs: { member: [access] }\ndetections: { secret-deleted: { severity: high } }")).toEqual([]);
  });

  test("are not checked against invalid packs", () => {
    expect(member("packs: [acces]\ndetections: { secret-deleted: { severity: high } }")).toEqual([
      "'packs[0]' must be one of secrets, access, identity, data, compute, operations, watchers, organization, guard, cis, got 'acces' (at workloads.yaml:4:9); did you mean 'access'?",
    ]);
  });

  test("of the whole organization belong where its trail can be read", () => {
    const setting = "detections:\n  member-silenced: { severity: critical }";
    expect(member(setting)).toEqual([
      "'detections.member-silenced' must be set where feed is organization-trail, which alone brings the whole organization's events, got '{ severity: critical }' (at workloads.yaml:5:3); set it in management.yaml",
    ]);
    expect(complaints({ "management.yaml": `${MANAGEMENT}${setting}\n` })).toEqual([]);
    expect(organization(setting)).toEqual([]);
  });
});

test("settings of detections of data events belong in the management account, while an entry has alarms", () => {
  const setting = "detections: { object-read-burst: { threshold: 900 } }";
  const inManagement = (lines: string) => organization(lines, { "management.yaml": `${MANAGEMENT}${setting}\n` });
  const alarms = "trail: { dataEvents: [{ resourceType: AWS::S3::Object, alarms: true }] }";
  expect(inManagement(alarms)).toEqual([]);
  expect(inManagement("")).toEqual([
    expect.stringMatching(/must not be set while no entry of trail\.dataEvents has 'alarms: true'/),
  ]);
  expect(organization(alarms, { "workloads.yaml": `${MEMBER}${setting}\n` })).toEqual([
    expect.stringMatching(/must be set in the management account, .*set it in management\.yaml$/),
  ]);
  expect(member("packs: [data-events]")).toEqual([expect.stringContaining("'packs[0]' must be one of")]);
});

describe("ignore entries", () => {
  const entry = (lines: string) => member(`detections:\n  root-use:\n    ignore:\n      - ${lines}`);

  test("has a reason", () => {
    expect(entry("{ field: userAgent, equals: x }")).toEqual([
      "'detections.root-use.ignore[0].reason' must be given, got nothing (at workloads.yaml:7:9)",
    ]);
    expect(entry("{ field: userAgent, equals: x, reason: '' }")).toEqual([
      "'detections.root-use.ignore[0].reason' must say why, got '' (at workloads.yaml:7:48)",
    ]);
  });

  test.each(["{ field: userAgent, reason: x }", "{ field: userAgent, equals: x, matches: x*, reason: x }"])(
    "has one text: %s",
    (text) => {
      expect(entry(text)).toEqual([
        `'detections.root-use.ignore[0]' must have one of 'equals' and 'matches', not both, got '${text}' (at workloads.yaml:7:9)`,
      ]);
    },
  );

  test.each([
    ["equals: x*", "equals", "hold no '*': use 'matches', got 'x*' (at workloads.yaml:7:37)"],
    ["matches: x", "matches", "hold a '*': use 'equals' for a field's whole text, got 'x' (at workloads.yaml:7:38)"],
    ['matches: "*"', "matches", "hold more than '*', which ignores every event, got '*' (at workloads.yaml:7:38)"],
  ])("has a text that can be compared with: %s", (text, key, complaint) => {
    expect(entry(`{ field: userAgent, ${text}, reason: x }`)).toEqual([
      `'detections.root-use.ignore[0].${key}' must ${complaint}`,
    ]);
  });

  test.each([
    ["userIdentity.user name", "be names of letters, digits, '-' and '_' joined by '.', with [n] or [*] behind them"],
    ["resources[*].ARN", "hold no [*] where it is negated: CloudWatch means some element"],
    ["readOnly", "hold text: readOnly is true or false"],
    ["username", expect.stringMatching(/^begin with eventName, .*, userIdentity, .*, resources$/) as string],
  ])("is asked of a field that a condition can use: %s", (field, rule) => {
    const [complaint = ""] = entry(`{ field: "${field}", equals: x, reason: x }`);
    const [, found, end] = /^'detections\.root-use\.ignore\[0\]\.field' must (.*), got '(.*)$/.exec(complaint) ?? [];
    expect([found, end]).toEqual([rule, `${field}' (at workloads.yaml:7:18)`]);
  });

  test.each([
    [
      "{ reason: x }",
      "",
      "have 'field' with 'equals' or 'matches', 'ipAddress', or 'all', got '{ reason: x }' (at workloads.yaml:7:9)",
    ],
    [
      "{ equals: a, reason: x }",
      "",
      "have 'field' or 'ipAddress', got '{ equals: a, reason: x }' (at workloads.yaml:7:9)",
    ],
    [
      "{ field: userAgent, equals: a, ipAddress: 10.0.0.0/8, reason: x }",
      "",
      "have 'ipAddress' alone: it compares sourceIPAddress, got '{ field: userAgent, equals: a, ipAddress: 10.0.0.0/8, reason: x }' (at workloads.yaml:7:9)",
    ],
    [
      "{ ipAddress: 10.1.0.0/8, reason: x }",
      ".ipAddress",
      "begin with the first address of its range: '10.0.0.0/8', got '10.1.0.0/8' (at workloads.yaml:7:22)",
    ],
    [
      "{ all: [{ ipAddress: 10.0.0.0/8 }], reason: x }",
      ".all",
      "hold two or more: one stands beside 'reason', got '[{ ipAddress: 10.0.0.0/8 }]' (at workloads.yaml:7:11)",
    ],
    [
      "{ all: [{ ipAddress: 10.0.0.0/8 }, { field: userAgent }], reason: x }",
      ".all[1]",
      "have one of 'equals' and 'matches', not both, got '{ field: userAgent }' (at workloads.yaml:7:44)",
    ],
    [
      "{ all: [{ ipAddress: 10.0.0.0/8 }, { field: userAgent, equals: a* }], reason: x }",
      ".all[1].equals",
      "hold no '*': use 'matches', got 'a*' (at workloads.yaml:7:72)",
    ],
    [
      "{ equals: a, all: [{ ipAddress: 10.0.0.1 }, { ipAddress: 10.0.0.2 }], reason: x }",
      "",
      "have either 'all' or what one of its entries has, not both, got '{ equals: a, all: [{ ipAddress: 10.0.0.1 }, { ipAddress: 10.0.0.2 }], reason: x…' (at workloads.yaml:7:9)",
    ],
  ])("has one form: %s", (text, key, complaint) => {
    expect(entry(text)).toEqual([`'detections.root-use.ignore[0]${key}' must ${complaint}`]);
  });

  test.each([
    "{ ipAddress: 10.20.0.0/16, reason: x }",
    "{ all: [{ field: userAgent, equals: a }, { field: errorCode, matches: b* }, { ipAddress: 198.51.100.7 }], reason: x }",
  ])("may be %s", (text) => {
    expect(entry(text)).toEqual([]);
  });

  test("must name an existing day", () => {
    expect(entry("{ field: userAgent, equals: x, reason: x, until: 2027-02-29 }")).toEqual([
      "'detections.root-use.ignore[0].until' must be a date written as YYYY-MM-DD, got '2027-02-29' (at workloads.yaml:7:58)",
    ]);
  });

  test("are rejected on a verbatim detection, with its tuned twin", () => {
    const text = `feed: account-trail
packs: [cis]
detections:
  cis-4-3-root-user-usage:
    threshold: 2
    ignore:
      - { field: userAgent, equals: x, reason: y }
`;
    expect(member(text)).toEqual([
      "'detections.cis-4-3-root-user-usage.ignore' must not be given: checkers want this detection's pattern byte for byte, got '- { field: userAgent, equals: x, reason: y }' (at workloads.yaml:9:5); ignore them in 'root-use', which watches for the same and can be tuned",
    ]);
  });

  test("are rejected on a verbatim detection for all accounts, with alternatives if there is no twin", () => {
    const setting = "detections: { cis-4-14-vpc-changes: { ignore: [{ field: userAgent, equals: x, reason: y }] } }";
    expect(organization(setting)).toEqual([
      expect.stringMatching(
        /^'detections\.cis-4-14-vpc-changes\.ignore' must not be given: .*; no tuned detection watches for the same: raise its threshold, lower its severity or set 'enabled: false'$/,
      ),
    ]);
  });
});

describe("what CloudWatch evaluates at once", () => {
  const settings = (periodSeconds: number, evaluationPeriods: number) =>
    member(
      `detections:\n  watched-secret-reads:\n    periodSeconds: ${periodSeconds}\n    evaluationPeriods: ${evaluationPeriods}`,
    );

  test.each([
    [60, 1440],
    [300, 288],
    [3540, 24],
    [3600, 168],
    [604_800, 1],
  ])("periods of %d seconds: %d of them, not one more", (periodSeconds, most) => {
    const longest = periodSeconds < 3600 ? 86_400 : 604_800;
    expect(settings(periodSeconds, most)).toEqual([]);
    expect(settings(periodSeconds, most + 1)).toEqual([
      `'detections.watched-secret-reads.evaluationPeriods' must be at most ${most} with a periodSeconds of ${periodSeconds}: CloudWatch looks at ${longest} seconds, got '${most + 1}' (at workloads.yaml:7:24)`,
    ]);
  });

  test("a single period may be too long", () => {
    expect(settings(604_860, 1)).toEqual([
      "'detections.watched-secret-reads.periodSeconds' must be at most 604800, got '604860' (at workloads.yaml:6:20)",
    ]);
  });

  // The heartbeat looks at two periods by default.
  test("counts the detection's own defaults", () => {
    const heartbeat = (periodSeconds: number) =>
      member(`detections:\n  heartbeat:\n    periodSeconds: ${periodSeconds}`);
    expect(heartbeat(302_400)).toEqual([]);
    expect(heartbeat(302_460)).toEqual([
      "'detections.heartbeat.periodSeconds' must fit 2 times, which is its evaluationPeriods, into an evaluation: CloudWatch looks at 604800 seconds, got '302460' (at workloads.yaml:6:20)",
    ]);
  });

  test("includes organization.yaml, and reports the setting that takes precedence", () => {
    const common = "detections: { root-use: { evaluationPeriods: 288 } }";
    const own = (seconds: number) => ({
      "workloads.yaml": `${MEMBER}detections: { root-use: { periodSeconds: ${seconds} } }\n`,
    });
    expect(organization(common, own(300))).toEqual([]);
    expect(organization(common, own(360))).toEqual([
      "'detections.root-use.periodSeconds' must fit 288 times, which is its evaluationPeriods, into an evaluation: CloudWatch looks at 86400 seconds, got '360' (at workloads.yaml:4:42)",
    ]);
  });

  test("is reported once, at organization.yaml, if it is too long there already", () => {
    const own = { "workloads.yaml": `${MEMBER}detections: { root-use: { threshold: 2 } }\n` };
    expect(organization("detections: { root-use: { evaluationPeriods: 289 } }", own)).toEqual([
      "'detections.root-use.evaluationPeriods' must be at most 288 with a periodSeconds of 300: CloudWatch looks at 86400 seconds, got '289' (at organization.yaml:6:46)",
    ]);
  });

  test("is not counted in what no high-resolution metric is there for", () => {
    expect(settings(30, 1)).toEqual([expect.stringContaining("periodSeconds' must be at least 60, got '30'")]);
    expect(settings(90, 1)).toEqual([
      "'detections.watched-secret-reads.periodSeconds' must be a multiple of 60: metric filters count by the minute, got '90' (at workloads.yaml:6:20)",
    ]);
  });
});

describe("an alarm by anomaly detection", () => {
  const setting = (detection: string, settings: string) =>
    member(`packs: [cis, access, guard]\nfeed: account-trail\ndetections:\n  ${detection}: { ${settings} }`);

  test("has a band above 0, and no threshold", () => {
    expect(setting("denied-call-burst", "alarm: { kind: anomaly-detection }")).toEqual([]);
    expect(setting("denied-call-burst", "alarm: { kind: anomaly-detection, bandWidth: 0.1 }")).toEqual([]);
    expect(setting("denied-call-burst", "alarm: { kind: anomaly-detection, bandWidth: 0 }")).toEqual([
      expect.stringMatching(/alarm\.bandWidth' must be above 0, got '0'/),
    ]);
    expect(setting("denied-call-burst", "threshold: 2, alarm: { kind: anomaly-detection }")).toEqual([
      expect.stringMatching(/threshold' must not be given with an alarm of kind anomaly-detection, which has none/),
    ]);
    expect(setting("denied-call-burst", "threshold: 2, alarm: { kind: static-threshold }")).toEqual([]);
  });

  test.each(["cis-4-3-root-user-usage", "heartbeat"])("is refused for %s", (detection) => {
    expect(setting(detection, "alarm: { kind: anomaly-detection }")).toEqual([
      expect.stringMatching(/alarm' must not be given: /),
    ]);
  });
});
