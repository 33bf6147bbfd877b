import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allDetections, findDetection } from "../../detections/catalogue";
import { equals } from "../../detections/condition";
import type { Detection } from "../../detections/detection";
import { root } from "../../detections/example-record";
import { ignoreExample } from "../../detections/docs/ignore-example";
import { markdownTable } from "../../detections/docs/markdown";
import { generatedPages, RUNBOOKS } from "../../detections/docs/pages";
import { runbookPage } from "../../detections/docs/runbook-page";
import { referencesInWords, whenItFires } from "../../detections/docs/wording";
import { PATH_ALARMS } from "../../detections/path-alarms";
import { predicate } from "../../detections/predicate";

const DOCS = join(__dirname, "..", "..", "docs");

describe("docs/ follows the catalogue (npm run docs)", () => {
  test.each([...generatedPages()])("%s", (path, text) => {
    expect(readFileSync(join(DOCS, path), "utf8")).toBe(text);
  });

  test("and has a runbook for each detection and each alarm on the signal path, and no other", () => {
    const ids = [...allDetections().map(({ detection }) => detection.id), ...PATH_ALARMS.map(({ id }) => id)];
    expect(readdirSync(join(DOCS, RUNBOOKS)).sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  });
});

describe("an example of an ignore", () => {
  const tuned = allDetections().filter(({ detection }) => "condition" in detection);

  test.each(tuned.map(({ detection }) => [detection.id, detection] as const))("%s", (_id, detection) => {
    const example = ignoreExample(detection);
    const silenced = example === undefined ? () => true : predicate(equals(example.field, example.equals));
    expect(detection.examples.matches.some(silenced)).toBe(true);
  });

  test("names the role behind the call, else the user", () => {
    expect(ignoreExample(named("secret-deleted"))?.field).toBe("userIdentity.sessionContext.sessionIssuer.arn");
    expect(ignoreExample(withIdentity({ type: "IAMUser", arn: "arn:aws:iam::111122223333:user/alice" }))).toEqual({
      field: "userIdentity.arn",
      equals: "arn:aws:iam::111122223333:user/alice",
    });
  });

  test("names an address for root, whose name would silence everything", () => {
    expect(ignoreExample(withIdentity(root()))?.field).toBe("sourceIPAddress");
  });

  test("names what a service's own event is about", () => {
    expect(ignoreExample(named("secret-rotation-failed"))?.field).toBe("additionalEventData.SecretId");
  });

  test("prefers a role to root", () => {
    const role = { sessionContext: { sessionIssuer: { arn: "arn:aws:iam::111122223333:role/central-root" } } };
    expect(ignoreExample(withIdentity(root(), role))?.equals).toBe("arn:aws:iam::111122223333:role/central-root");
  });

  test("is left out where silence is the alarm", () => {
    expect(ignoreExample({ ...named("secret-deleted"), alarmWhen: "missed" })).toBeUndefined();
  });

  test("is left out where there is nothing to name", () => {
    const detection = withIdentity({});
    expect(ignoreExample(detection)).toBeUndefined();
    const [entry] = allDetections();
    expect(entry && runbookPage({ pack: entry.pack, detection })).not.toContain("ignore:");
  });
});

test.each([
  [{ threshold: 1, periodSeconds: 300, evaluationPeriods: 1 }, "once in 5 min"],
  [{ threshold: 5, periodSeconds: 3600, evaluationPeriods: 1 }, "5 times in 1 h"],
  [{ threshold: 2, periodSeconds: 30, evaluationPeriods: 3 }, "2 times in 30 s, 3 periods in a row"],
])("%j is %s", (alarm, words) => {
  expect(whenItFires({ severity: "low", ...alarm })).toBe(words);
});

test("an alarm on missing events says what did not happen", () => {
  const alarm = { severity: "high", threshold: 1, periodSeconds: 3600, evaluationPeriods: 2 } as const;
  expect(whenItFires({ ...alarm, alarmWhen: "missed" })).toBe("not once in 1 h, 2 periods in a row");
});

test("references link to what can be looked up", () => {
  expect(referencesInWords({ cis: ["4.5"], securityHub: "CloudWatch.5", mitre: ["T1485", "T1555.006"] })).toEqual([
    "CIS 4.5 (1.4 to 5.0), 5.5 (6.0 to 7.0)",
    "Security Hub CloudWatch.5",
    "[T1485](https://attack.mitre.org/techniques/T1485/)",
    "[T1555.006](https://attack.mitre.org/techniques/T1555/006/)",
  ]);
});

test("a table's columns are as wide as their widest cell", () => {
  expect(markdownTable(["a", "long"], [["wide cell", "x|y"]])).toBe(
    ["| a         | long |", "| --------- | ---- |", "| wide cell | x\\|y |"].join("\n"),
  );
});

function named(id: string): Detection {
  const entry = findDetection(id);
  if (entry === undefined) throw new Error(`'${id}' must be in the catalogue`);
  return entry.detection;
}

function withIdentity(...identities: readonly object[]): Detection {
  const matches = identities.map((userIdentity) => ({ userIdentity, sourceIPAddress: "198.51.100.7" }));
  return { ...named("secret-deleted"), examples: { matches, nearMisses: [] } };
}
