import { AlarmError, evaluateCompositeRule } from "../../../signals";

const STATES = {
  bad: "ALARM",
  good: "OK",
  unknown: "INSUFFICIENT_DATA",
  "two words (both)": "ALARM",
} as const;

it.each([
  "ALARM(bad)",
  'ALARM("bad")',
  "ALARM( 'bad' )",
  'ALARM("two words (both)")',
  "OK(good) AND INSUFFICIENT_DATA(unknown)",
  "ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:bad)",
  "NOT ALARM(good)",
  "NOT NOT TRUE",
  "NOT(FALSE)",
  "FALSE OR TRUE AND TRUE",
  "TRUE OR TRUE AND FALSE",
  "NOT FALSE OR TRUE",
  "(TRUE OR TRUE) AND (ALARM(bad)OR(FALSE))",
  "\tTRUE\n",
])("%s holds", (rule) => {
  expect(evaluateCompositeRule(rule, STATES)).toBe("ALARM");
});

it.each([
  "ALARM(good)",
  "ALARM(unknown)",
  "OK(unknown)",
  "NOT TRUE AND FALSE",
  "(TRUE OR TRUE) AND FALSE",
  "NOT (TRUE OR FALSE)",
])("%s does not hold", (rule) => {
  expect(evaluateCompositeRule(rule, STATES)).toBe("OK");
});

it.each([
  "",
  "bad",
  "ALARM()",
  "ALARM( )",
  'ALARM("bad)',
  "ALARM(bad",
  "(TRUE",
  "TRUE)",
  "TRUE FALSE",
  "TRUE AND",
  "TRUE XOR FALSE",
  "TRUEAND FALSE",
  "alarm(bad)",
  "ALARM(missing)",
  "ALARM(toString)",
  `${"(".repeat(501)}TRUE${")".repeat(501)}`,
  Array(501).fill("TRUE").join(" OR "),
  Array.from({ length: 101 }, (_, index) => `OK(child-${index})`).join(" OR "),
  `TRUE${" ".repeat(10_240)}`,
])("refuses '%.40s'", (rule) => {
  expect(() => evaluateCompositeRule(rule, STATES)).toThrow(AlarmError);
});

it("holds 100 children and 500 elements", () => {
  const names = Array.from({ length: 100 }, (_, index) => `child-${index}`);
  const states = Object.fromEntries(names.map((name) => [name, "OK"] as const));
  expect(evaluateCompositeRule(names.map((name) => `OK(${name})`).join(" AND "), states)).toBe("ALARM");
  expect(evaluateCompositeRule(Array(500).fill("FALSE").join(" OR "), {})).toBe("OK");
});
