import { sentenceOf, type Happened, type SaidDetection } from "../../report/sentence";

const at = (text: string): number => Date.parse(`${text}T12:00:00Z`);
const detection = (severity: string | undefined, alarms: number, more: Partial<SaidDetection> = {}): SaidDetection => ({
  ...{ detection: "secret-read", account: "payments", severity, alarms, events: alarms },
  ...more,
});
const said = (more: Partial<Happened>): string =>
  sentenceOf({ kind: "replay", records: 100, accounts: 4, unread: 0, detections: [], ...more });
const WEEK = { first: at("2026-11-03"), last: at("2026-11-09") };

test("says how many alarms of which severity, where, when, and which most of all", () => {
  const detections = [
    detection("high", 12, { detection: "denied" }),
    detection("critical", 3, { account: "staging", events: 40 }),
  ];
  expect(said({ detections, ...WEEK, principalOf: () => "arn:aws:iam::1:user/team/alice" })).toBe(
    "3 critical and 12 high alarms in 2 of 4 accounts between 3 and 9 November 2026; " +
      "most of all: secret-read in staging, 3 alarms from 40 events, most by alice (user)",
  );
});

test("one alarm, one day, one account; alarms of no known severity", () => {
  expect(said({ detections: [detection("low", 1)], first: at("2026-11-03"), last: at("2026-11-03") })).toBe(
    "1 low alarm in payments (1 of 4 accounts) on 3 November 2026; most of all: secret-read in payments, 1 alarm from 1 event",
  );
  expect(said({ detections: [detection(undefined, 2, { events: 0 })], accounts: 1 })).toBe(
    "2 alarms in payments; most of all: secret-read in payments, 2 alarms",
  );
  expect(said({ detections: [detection(undefined, 2), detection("low", 1)] })).toContain("1 low and 2 other alarms in");
});

test("ranges over months and years", () => {
  const over = (first: string, last: string): string =>
    said({ detections: [detection("low", 2)], first: at(first), last: at(last) });
  expect(over("2026-10-30", "2026-11-02")).toContain(" between 30 October and 2 November 2026;");
  expect(over("2025-12-30", "2026-01-02")).toContain(" between 30 December 2025 and 2 January 2026;");
  expect(over("2025-11-03", "2026-11-03")).toContain(" between 3 November 2025 and 3 November 2026;");
});

test("no records, no match, no alarm, and files that were not read", () => {
  expect(said({ records: 0 })).toBe("No records were read, so no detection was evaluated");
  expect(said({ records: 0, unread: 1, kind: "tune" })).toBe(
    "No records were read, so no detection was evaluated; 1 file could not be read, or not completely, so there may be more",
  );
  expect(said({ records: 0, outOfTime: 3 })).toBe(
    "None of 3 records is in the requested time range, so no detection was evaluated",
  );
  expect(said({ records: 3, unknown: 3 })).toBe(
    "None of 3 records is of an account in the organization, so no detection was evaluated",
  );
  expect(said({ unknown: 40 })).toBe("No alarm: nothing in 60 records of 4 accounts matched a detection");
  expect(said({ accounts: 1 })).toBe("No alarm: nothing in 100 records of 1 account matched a detection");
  expect(said({ detections: [detection("high", 0, { events: 12 })], ...WEEK })).toBe(
    "No alarm: 12 events matched 1 detection in payments (1 of 4 accounts) between 3 and 9 November 2026, and none of them raised its alarm",
  );
});

test("a tuning says what its proposals change, or that there is none; a replay does not", () => {
  const detections = [detection("high", 12, { then: 2, isProposed: true })];
  expect(said({ kind: "tune", detections })).toMatch(/; with the 1 proposed threshold there would be 2 alarms$/);
  expect(said({ kind: "tune", detections: [detection("high", 12, { then: 2, isIgnoring: true })] })).toMatch(
    /; with the chosen entries to ignore there would be 2 alarms$/,
  );
  const both = [
    detection("high", 12, { then: 1, isProposed: true }),
    detection("low", 2, { then: 0, isIgnoring: true }),
  ];
  expect(said({ kind: "tune", detections: both })).toMatch(
    /; with the 1 proposed threshold and the chosen entries to ignore there would be 1 alarm$/,
  );
  // An incident to keep may need a lower threshold.
  expect(said({ kind: "tune", detections: [detection("high", 0, { events: 3, then: 1, isProposed: true })] })).toMatch(
    /^No alarm: .*; with the 1 proposed threshold there would be 1 alarm$/,
  );
  expect(said({ kind: "tune", detections: [detection("high", 12, { then: 12 })] })).toMatch(
    /; no other threshold is proposed$/,
  );
  expect(said({ detections })).not.toContain("would be");
  expect(said({ kind: "tune" })).not.toContain("proposed");
});

test("no principal is named where none has most of the events", () => {
  expect(said({ detections: [detection("low", 1)], principalOf: () => 1200 })).toMatch(/1 event, by 1,200 principals$/);
});

test("a long name is cut", () => {
  const principal = "x".repeat(81);
  expect(said({ detections: [detection("low", 1)], principalOf: () => principal })).toMatch(/by x{80}…$/);
  expect(said({ detections: [detection("low", 1)], principalOf: () => principal.slice(1) })).toMatch(/by x{80}$/);
});

test("the most severe is said, over all of its accounts", () => {
  const thousands = Array.from({ length: 1200 }, (_, at) => detection("high", 1, { account: String(at) }));
  expect(said({ detections: thousands, accounts: 3000 })).toContain("1,200 high alarms in 1,200 of 3,000 accounts; ");
  const detections = ["a", "b", "c"].map((account) => detection("high", 2, { account }));
  const alone = detection("high", 5, { detection: "denied" });
  expect(said({ detections: [...detections, alone] })).toContain(
    "most of all: secret-read in 3 accounts, 6 alarms from 6",
  );
  const critical = detection("critical", 1, { detection: "denied" });
  expect(said({ detections: [...detections, critical] })).toContain("most of all: denied in payments, 1 alarm from 1");
});
