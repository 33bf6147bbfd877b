import { verifyJson } from "../../cli/commands/verify/json";
import { sectionText, verifySummaryText } from "../../cli/commands/verify/text";
import { plainText, type Line } from "../../lib/support/print";
import { omittedRegionsOf } from "../../organization/resolve/omitted-regions";
import { byHop, exitCode, type Section } from "../../verification/report";
import { failed, proven, unknown, type CheckResult } from "../../verification/result";
import { testOrganization } from "../support/organization";

const ok: CheckResult = { hop: "alarm", check: "alarms act", ...proven("40 alarms") };
const denied: CheckResult = { hop: "feed", check: "rule trailwatch", ...unknown("nothing", "may not", "allow it") };
const broken: CheckResult = { hop: "topic", check: "topic alerts", ...failed("no statement", "unheard", "deploy") };
const after: CheckResult = {
  hop: "metric",
  check: "heartbeat",
  ...unknown("nothing", "not checked: 'topic alerts' failed"),
};

function section(results: readonly CheckResult[], live = false): Section {
  return { name: "payments", id: "444455556666", live, results };
}

test.each([
  [[], 0],
  [[ok], 0],
  [[ok, denied], 2],
  [[ok, denied, broken], 1],
])("%# exit code", (results, code) => {
  expect(exitCode({ sections: [section(results)] })).toBe(code);
});

test("results are in the order of the signal path", () => {
  expect(byHop([broken, ok, after, denied]).map(({ hop }) => hop)).toEqual(["feed", "metric", "alarm", "topic"]);
});

const plain = (lines: readonly Line[]): string[] => lines.map(plainText);

test("a section has a line for each hop, with the checks that are not proven below it", () => {
  expect(plain(sectionText(section([denied, after, ok, broken, { ...ok, hop: "topic" }])))).toEqual([
    "payments 444455556666",
    "  ? unknown  feed    rule trailwatch: nothing",
    "  ? unknown  metric  heartbeat: not checked: 'topic alerts' failed",
    "  ✓ proven   alarm   alarms act: 40 alarms",
    "  ✗ FAILED   topic   1 of 2 checks proven",
    "      failed: topic alerts: no statement",
    "",
  ]);
});

test("the end says what to do first: what others wait for; then the rest, with why and how", () => {
  expect(plain(verifySummaryText({ sections: [section([denied, after, ok, broken])] }))).toEqual([
    "Do first: failed in payments: topic alerts: no statement (1 check waits for it)",
    "  why:  unheard",
    "  fix:  deploy",
    "Then: unknown in payments: rule trailwatch: nothing",
    "  why:  may not",
    "  fix:  allow it",
    "",
    "✗ FAILED: 1 of 4 checks proven, 1 failed, 2 unknown",
  ]);
  expect(plain(verifySummaryText({ sections: [section([ok])] }))).toEqual([
    "✓ proven: 1 of 1 checks proven, 0 failed, 0 unknown",
  ]);
});

test("a fault of many accounts is stated once, also where name, id and counts differ", () => {
  const sections = Array.from({ length: 300 }, (_, at): Section => {
    const [name, id] = [`unit-${at}`, String(100000000000 + at)];
    const seen = `topic arn:aws:sns:eu-west-1:${id}:alerts: pending for ${at + 2} minutes`;
    const pending = { ...broken, ...failed(seen, "unheard", `npx cdktf deploy monitoring-${name}`) };
    const missing = { ...denied, check: `rule ${at}`, missingAction: "events:ListRules" };
    return { name, id, live: false, results: [ok, pending, missing] };
  });
  expect(plain(verifySummaryText({ sections })).slice(0, 4)).toEqual([
    "Do first: failed in unit-0, unit-1, unit-2, unit-3, unit-4 and 295 more: topic alerts: topic arn:aws:sns:eu-west-1:100000000000:alerts: pending for 2 minutes",
    "  why:  unheard",
    "  fix:  npx cdktf deploy monitoring-unit-0; likewise in unit-1, unit-2, unit-3, unit-4, unit-5 and 294 more",
    "Then: unknown in unit-0, unit-1, unit-2, unit-3, unit-4 and 295 more: rule 0: nothing",
  ]);
});

test("faults in other regions, or with other remedies, are others", () => {
  const inRegion = (region: string): CheckResult => ({ ...broken, check: `rule in ${region}` });
  const sections = [section([inRegion("eu-west-1"), inRegion("eu-west-2")])];
  expect(plain(verifySummaryText({ sections })).filter((line) => line.includes("rule in"))).toHaveLength(2);
});

test("what the whole organization waits for comes before what many accounts have", () => {
  const trail: CheckResult = { hop: "CloudTrail", check: "trail one", ...failed("stopped", "no events", "start") };
  const waiting: CheckResult = { ...after, ...unknown("nothing", "not checked: 'trail one' failed") };
  const sections = [
    { ...section([trail]), name: "organization", id: "o-1" },
    ...["a", "b", "c"].map((name) => ({ ...section([waiting, broken]), name })),
  ];
  expect(plain(verifySummaryText({ sections }))[0]).toBe(
    "Do first: failed in organization: trail one: stopped (3 checks wait for it)",
  );
});

test("a section names the regions that the account's detections see", () => {
  const regions = { watched: ["eu-west-1", "us-east-1"], unwatched: ["us-west-2"] } as const;
  expect(sectionText({ ...section([ok]), regions })[1]).toBe(
    "  regions: eu-west-1, us-east-1; not the others (1): no account has unwatched-region-used on",
  );
});

test("an omitted region is printed once, as an accepted limit, and is no fault", () => {
  const omittedRegions = omittedRegionsOf(
    testOrganization({ omittedRegions: [{ region: "us-east-1", reason: "Denied by policy" }] }),
  );
  const one = { ...section([ok]), omittedRegions };
  expect(sectionText(one)[1]).toBe("  accepted limit: us-east-1 is omitted: Denied by policy");
  expect(exitCode({ sections: [one] })).toBe(0);
  expect(JSON.parse(JSON.stringify(verifyJson({ sections: [one, section([ok])] })))).toMatchObject({
    sections: [{ omittedRegions: [{ region: "us-east-1", accounts: ["log-archive", "workloads"] }] }, {}],
  });
});

test("a warning is printed at the end, once, and does not change the exit code", () => {
  const warned = { ...ok, warning: "10 of 10 are used" };
  const sections = [section([warned]), { ...section([warned]), name: "other" }];
  expect(plain(verifySummaryText({ sections }))).toEqual([
    "Warning: payments, other: 10 of 10 are used",
    "✓ proven: 2 of 2 checks proven, 0 failed, 0 unknown",
  ]);
  expect(exitCode({ sections })).toBe(0);
});

test("checks of one hop share a line, but each live one has its own", () => {
  const two = [ok, { ...ok, check: "alarms are as synthesized" }];
  expect(plain(sectionText(section(two)))[1]).toBe("  ✓ proven  alarm  40 alarms; 40 alarms");
  expect(plain(sectionText(section([...two, ok])))[1]).toBe("  ✓ proven  alarm  3 checks");
  expect(sectionText(section(two, true))).toHaveLength(4);
});
