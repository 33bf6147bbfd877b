import { all, any, equals, exists, isTrue, matches, not, type Condition } from "../../detections/condition";
import { filterPatterns, PATTERN_LIMITS } from "../../detections/filter-pattern";
import { normalForm } from "../../detections/normal-form";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { sharingAbsence } from "../../detections/shared-absence";
import { compileFilterPattern, parseEvent } from "../../signals";

const FIELD = "requestParameters.principal";
const negations = all(not(equals(FIELD, "a")), not(matches(FIELD, "b*")), not(isTrue("errorCode")));
const absent = { kind: "clause", field: FIELD, test: { kind: "absent" } };
const notText = (wildcard: string) => ({ kind: "clause", field: FIELD, test: { kind: "notText", wildcard } });

test("negations of a field share the clause for its absence", () => {
  expect(sharingAbsence(normalForm(all(not(equals(FIELD, "a")), not(matches(FIELD, "b*")))))).toEqual({
    kind: "or",
    parts: [absent, { kind: "and", parts: [notText("a"), notText("b*")] }],
  });
});

test.each<[string, Condition]>([
  ["one negation", all(not(equals(FIELD, "a")), exists("errorCode"))],
  ["alternatives", any(not(equals(FIELD, "a")), not(equals(FIELD, "b")))],
  ["a choice between absence and another field", any(not(exists(FIELD)), equals("eventName", "A"))],
  ["a choice between absence and a value", all(any(not(exists(FIELD)), equals(FIELD, "a")), exists("errorCode"))],
])("%s stays as it is", (_what, condition) => {
  const form = normalForm(condition);
  const clauses = (value: unknown): string[] => JSON.stringify(value).match(/"field":"[^"]+"/g) ?? [];
  expect(clauses(sharingAbsence(form)).sort()).toEqual(clauses(form).sort());
});

test("a pattern that is too long is shortened, and matches the same records", () => {
  const long = equals("userAgent", "A".repeat(760));
  const condition = all(equals("eventName", "C"), not(long), negations);
  const [pattern = "", ...others] = filterPatterns(condition, "$");
  expect(others).toEqual([]);
  expect(pattern.length).toBeLessThanOrEqual(PATTERN_LIMITS.characters);
  expect(pattern.split("requestParameters.principal NOT EXISTS")).toHaveLength(2);

  const compiled = compileFilterPattern(pattern);
  for (const eventName of ["C", "D"]) {
    for (const principal of [undefined, "a", "bc", "x"]) {
      for (const errorCode of [undefined, true, false]) {
        const message = JSON.stringify({ eventName, requestParameters: { principal }, errorCode });
        const matched = predicate(condition)(JSON.parse(message) as CloudTrailRecord);
        expect(compiled.matchesEvent(parseEvent(message))).toBe(matched);
      }
    }
  }
});

test("a pattern that is short enough stays as it was", () => {
  expect(filterPatterns(negations, "$")[0]).toContain(
    '($.requestParameters.principal NOT EXISTS || $.requestParameters.principal != "a") && ($.requestParameters',
  );
});
