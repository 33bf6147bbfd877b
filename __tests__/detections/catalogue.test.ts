import { allDetections, findDetection, PACKS } from "../../detections/catalogue";
import { all, equals, matches as matchesWildcard, not, type Condition } from "../../detections/condition";
import { conditionsFor, type Detection } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { filterPatterns, PATTERN_LIMITS, type RecordRoot } from "../../detections/filter-pattern";
import { PATH_ALARMS } from "../../detections/path-alarms";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { compileFilterPattern, parseEvent, type ParsedEvent } from "../../signals";

const detections = allDetections().map(({ detection }) => detection);
const cases = detections.map((detection) => [detection.id, detection] as const);

/** What CloudWatch gets for the example account; a checker's words only where records are the messages. */
function textsAt(detection: Detection, root: RecordRoot): readonly string[] {
  if ("patterns" in detection) return root === "$" ? detection.patterns : [];
  return conditionsFor(detection, EXAMPLE_ACCOUNT).flatMap((condition) => filterPatterns(condition, root));
}

/** A record as it stands in the log group of a feed. */
function eventOf(record: CloudTrailRecord, root: RecordRoot): ParsedEvent {
  return parseEvent(JSON.stringify(root === "$" ? record : { detail: record }));
}

/** How many filters count an event. */
function counter(detection: Detection, root: RecordRoot): (event: ParsedEvent) => number {
  const patterns = textsAt(detection, root).map((text) => compileFilterPattern(text));
  return (event) => patterns.filter((pattern) => pattern.matchesEvent(event)).length;
}

/** Fields that must hold another text: a record that lacks them is not meant. */
function differingFields(condition: Condition): string[] {
  if (condition.kind === "all" || condition.kind === "any") return condition.conditions.flatMap(differingFields);
  return condition.kind === "differs" ? [condition.field] : [];
}

test("there are these packs, in the order in which people read them", () => {
  expect(PACKS.map(({ id }) => id)).toEqual([
    ...["secrets", "access", "identity", "data", "data-events", "compute", "operations"],
    ...["watchers", "organization", "guard", "cis"],
  ]);
});

test("every detection is in one pack, by an id that no other and no alarm on the signal path has", () => {
  const ids = detections.map(({ id }) => id);
  expect(new Set([...ids, ...PATH_ALARMS.map(({ id }) => id)]).size).toBe(ids.length + PATH_ALARMS.length);
  expect(ids).toHaveLength(PACKS.reduce((sum, pack) => sum + pack.detections.length, 0));
});

test("a detection is found by its id, with its pack", () => {
  for (const pack of PACKS) {
    for (const detection of pack.detections) expect(findDetection(detection.id)).toEqual({ pack, detection });
  }
  expect(findDetection("no-such-detection")).toBeUndefined();
});

describe.each(cases)("%s", (id, detection) => {
  const { matches, nearMisses } = detection.examples;
  const examples = [...matches, ...nearMisses];
  const roots = "patterns" in detection ? (["$"] as const) : (["$", "$.detail"] as const);

  test("has an id of words in lower case, joined by hyphens, that fits every name it becomes part of", () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(id.length).toBeLessThanOrEqual(64);
  });

  test("has all texts", () => {
    const { title, meaning, why, runbook, references } = detection;
    for (const text of [title, meaning, why, runbook.tuning]) expect(text.trim()).not.toBe("");
    expect(runbook.firstFiveMinutes.length).toBeGreaterThan(0);
    expect(references.mitre.length).toBeGreaterThan(0);
    for (const technique of references.mitre) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
  });

  test("has an alarm that CloudWatch takes", () => {
    const { threshold, periodSeconds, evaluationPeriods } = detection;
    expect(threshold).toBeGreaterThanOrEqual(1);
    expect(periodSeconds % 60).toBe(0);
    // Source: CloudWatch API, PutMetricAlarm, EvaluationPeriods: a week at most for periods of an hour or more.
    expect(periodSeconds * evaluationPeriods).toBeLessThanOrEqual(periodSeconds < 3600 ? 86_400 : 604_800);
  });

  test("has two examples and two near misses at least, each an event of its own", () => {
    expect(matches.length).toBeGreaterThanOrEqual(2);
    expect(nearMisses.length).toBeGreaterThanOrEqual(2);
    const ids = examples.map(({ eventID }) => eventID);
    expect(ids).toEqual(ids.map(() => expect.stringMatching(/^[0-9a-f-]{36}$/) as string));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("meets its examples by one of its conditions each, and no near miss by any", () => {
    if ("patterns" in detection) return;
    const met = conditionsFor(detection, EXAMPLE_ACCOUNT).map((condition) => predicate(condition));
    const times = (record: CloudTrailRecord) => met.filter((holds) => holds(record)).length;
    expect(matches.map(times)).toEqual(matches.map(() => 1));
    expect(nearMisses.map(times)).toEqual(nearMisses.map(() => 0));
  });

  test.each(roots)("is text that CloudWatch takes, and that counts each example once, at %s", (root) => {
    const texts = textsAt(detection, root);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(PATTERN_LIMITS.characters);
      expect(text.split("*").length - 1).toBeLessThanOrEqual(PATTERN_LIMITS.wildcards);
    }
    const count = counter(detection, root);
    const counts = matches.map((record) => count(eventOf(record, root)));
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([1, mostOften(detection)]);
    expect(nearMisses.map((record) => count(eventOf(record, root)))).toEqual(nearMisses.map(() => 0));
  });
});

test.each(cases.filter(([, detection]) => !("patterns" in detection)))(
  "%s loses no event to a '!='",
  (_id, detection) => {
    const warnings = textsAt(detection, "$").flatMap((text) => compileFilterPattern(text).warnings);
    const asked = "patterns" in detection ? [] : conditionsFor(detection, EXAMPLE_ACCOUNT).flatMap(differingFields);
    const meant = asked.map((field) => `'!=' is false where $.${field} is missing`);
    const lost = warnings.filter(({ message }) => message.startsWith("'!='"));
    expect(lost.filter(({ message }) => !meant.some((start) => message.startsWith(start)))).toEqual([]);
  },
);

test.each(cases.filter(([, detection]) => !("patterns" in detection)))("%s has room for an ignore", (id, detection) => {
  if ("patterns" in detection) return;
  const people = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Builder_";
  const field = "userIdentity.sessionContext.sessionIssuer.arn";
  // There names and, for all accounts, the deployment role take all wildcards that a pattern may have.
  const isFull =
    ["watched-secret-reads", "alert-hub-changed", "topic-changed"].includes(id) || id.startsWith("member-");
  // Events of the whole organization are in the log group of its trail, where a record has no envelope.
  const root = detection.scope === "organization" ? "$" : "$.detail";
  const ignore = not(isFull ? equals(field, people) : matchesWildcard(field, `${people}*`));
  const conditions = conditionsFor(detection, EXAMPLE_ACCOUNT);
  expect(() => conditions.flatMap((each) => filterPatterns(all(each, ignore), root))).not.toThrow();
});

test("no example of any detection is counted twice, except by two texts of one control", () => {
  const counters = detections.map((detection) => [detection, counter(detection, "$")] as const);
  const records = detections.flatMap(({ examples }) => [...examples.matches, ...examples.nearMisses]);
  const twice = records.flatMap((record) => {
    const event = eventOf(record, "$");
    return counters
      .filter(([detection, count]) => count(event) > mostOften(detection))
      .map(([{ id }]) => [id, record.eventName, record.eventID]);
  });
  expect(twice).toEqual([]);
});

/** How often an event may count for a detection. */
function mostOften(detection: Detection): number {
  return "patterns" in detection && detection.countsTwice === true ? 2 : 1;
}
