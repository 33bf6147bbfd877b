import { sectionText, verifySummaryText } from "../../cli/commands/verify/text";
import { byHop, exitCode, type Section } from "../../verification/report";
import { failed, proven, unknown, type CheckResult } from "../../verification/result";

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

test("a section has a line for each hop, with problems below it", () => {
  expect(sectionText(section([denied, after, ok, broken]))).toEqual([
    "payments 444455556666",
    "  ? unknown  feed    rule trailwatch: nothing",
    "      unknown: rule trailwatch: nothing",
    "        why:  may not",
    "        fix:  allow it",
    "  ? unknown  metric  heartbeat: nothing",
    { dim: "      not checked: 'topic alerts' failed (1)" },
    "  ✓ proven   alarm   alarms act: 40 alarms",
    "  ✗ FAILED   topic   topic alerts: no statement",
    "      failed: topic alerts: no statement",
    "        why:  unheard",
    "        fix:  deploy",
    "",
  ]);
  expect(verifySummaryText({ sections: [section([denied, after, ok, broken])] })).toEqual([
    "✗ FAILED: 1 of 4 checks proven, 1 failed, 2 unknown",
  ]);
});

test("a section names the regions that the account's detections see", () => {
  const regions = { watched: ["eu-west-1", "us-east-1"], unwatched: ["us-west-2"] } as const;
  expect(sectionText({ ...section([ok]), regions })[1]).toBe(
    "  regions: eu-west-1, us-east-1; not the others (1): no account has unwatched-region-used on",
  );
});

test("a warning is printed below the proven hop, and does not change the exit code", () => {
  const warned = { ...ok, warning: "10 of 10 are used" };
  expect(sectionText(section([warned]))).toEqual([
    "payments 444455556666",
    "  ✓ proven  alarm  alarms act: 40 alarms",
    "      warning: 10 of 10 are used",
    "",
  ]);
  expect(exitCode({ sections: [section([warned])] })).toBe(0);
});

test("checks of one hop share a line, but each live one has its own", () => {
  const two = [ok, { ...ok, check: "alarms are as synthesized" }];
  expect(sectionText(section(two))[1]).toBe("  ✓ proven  alarm  40 alarms; 40 alarms");
  expect(sectionText(section([...two, ok]))[1]).toBe("  ✓ proven  alarm  3 checks");
  expect(sectionText(section(two, true))).toHaveLength(4);
});
