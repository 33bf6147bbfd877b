import { AlarmError, evaluateAlarm, type AlarmEvaluation, type AlarmState } from "../../../signals";

/** One character a period, newest right: `x` breaches, `.` is good, `-` is missing. */
function evaluate(points: string, alarm: Partial<AlarmEvaluation> = {}): AlarmState {
  return evaluateAlarm({
    values: Array.from(points, (point) => (point === "-" ? null : point === "x" ? 9 : 1)),
    threshold: 5,
    comparison: "GreaterThanOrEqualToThreshold",
    evaluationPeriods: 3,
    ...alarm,
  });
}

const POLICIES = ["missing", "ignore", "breaching", "notBreaching"] as const;

it.each(POLICIES)("with enough real values the newest N decide, whatever is missing (%s)", (treatMissingData) => {
  expect(evaluate("x-xx.", { treatMissingData })).toBe("OK");
  expect(evaluate(".x-xx", { treatMissingData })).toBe("ALARM");
  expect(evaluate("xx.-xx", { treatMissingData, datapointsToAlarm: 2 })).toBe("ALARM");
});

it("M out of N, in any order", () => {
  expect(evaluate("x.x", { datapointsToAlarm: 2 })).toBe("ALARM");
  expect(evaluate("..x", { datapointsToAlarm: 2 })).toBe("OK");
});

it.each([
  ["missing", "INSUFFICIENT_DATA"],
  ["ignore", "ALARM"],
  ["breaching", "ALARM"],
  ["notBreaching", "OK"],
] as const)("nothing at all, as %s: %s", (treatMissingData, state) => {
  expect(evaluate("-----", { treatMissingData, previousState: "ALARM" })).toBe(state);
});

it.each([
  ["missing", "OK"],
  ["ignore", "OK"],
  ["breaching", "ALARM"],
  ["notBreaching", "OK"],
] as const)("only as many as are missing from N are filled (%s)", (treatMissingData, state) => {
  expect(evaluate("-.x--", { treatMissingData, datapointsToAlarm: 2 })).toBe(state);
  expect(evaluate("-.x--", { treatMissingData, datapointsToAlarm: 3 })).toBe("OK");
});

it("missing: a lone breach alarms once it is M periods old, unless a good value follows", () => {
  expect(evaluate("----x", { previousState: "OK" })).toBe("OK");
  expect(evaluate("---x-", { previousState: "INSUFFICIENT_DATA" })).toBe("INSUFFICIENT_DATA");
  expect(evaluate("---x-", { previousState: "ALARM" })).toBe("INSUFFICIENT_DATA");
  expect(evaluate("--x--", { previousState: "OK" })).toBe("ALARM");
  expect(evaluate("x----", { previousState: "OK" })).toBe("ALARM");
  expect(evaluate("--x-.", { previousState: "ALARM" })).toBe("OK");
});

it("ignore: breaches that do not suffice keep the state", () => {
  expect(evaluate("--x--", { treatMissingData: "ignore", previousState: "OK" })).toBe("OK");
  expect(evaluate("--x--", { treatMissingData: "ignore", previousState: "ALARM" })).toBe("ALARM");
  expect(evaluate("----x", { treatMissingData: "ignore", datapointsToAlarm: 1 })).toBe("ALARM");
});

it("missing values are 'missing' and the state INSUFFICIENT_DATA by default", () => {
  expect(evaluate("---")).toBe("INSUFFICIENT_DATA");
  expect(evaluate("---", { treatMissingData: "ignore" })).toBe("INSUFFICIENT_DATA");
});

it.each([
  ["GreaterThanThreshold", "OK", "OK", "ALARM"],
  ["GreaterThanOrEqualToThreshold", "OK", "ALARM", "ALARM"],
  ["LessThanThreshold", "ALARM", "OK", "OK"],
  ["LessThanOrEqualToThreshold", "ALARM", "ALARM", "OK"],
] as const)("%s, below, at and above the threshold", (comparison, ...states) => {
  expect([4, 5, 6].map((value) => evaluate("", { values: [value], comparison, evaluationPeriods: 1 }))).toEqual(states);
});

it.each([
  { evaluationPeriods: 0 },
  { evaluationPeriods: 1.5 },
  { datapointsToAlarm: 0 },
  { evaluationPeriods: 2, datapointsToAlarm: 3 },
])("refuses %j", (alarm) => {
  expect(() => evaluate("x", alarm)).toThrow(AlarmError);
});
