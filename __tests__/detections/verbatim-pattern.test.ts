import { sqlCondition } from "../../detections/athena/sql-condition";
import { allDetections } from "../../detections/catalogue";
import { conditionsFor } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { filterPatterns } from "../../detections/filter-pattern";
import { formOfPattern } from "../../detections/verbatim-pattern";
import { normalForm } from "../../detections/normal-form";

test("what was compiled is read back", () => {
  const conditions = allDetections().flatMap(({ detection }) =>
    "patterns" in detection ? [] : conditionsFor(detection, EXAMPLE_ACCOUNT),
  );
  const whole = conditions.filter((condition) => filterPatterns(condition, "$").length === 1);
  expect(whole.length).toBeGreaterThan(50);
  for (const condition of whole) {
    const forms = filterPatterns(condition, "$").map((pattern) => formOfPattern(pattern));
    expect(forms.map((form) => sqlCondition(form))).toEqual([sqlCondition(normalForm(condition))]);
  }
});

test("a regular expression is read back", () => {
  expect(formOfPattern("{ $.eventName = %^Get% && $.userAgent != %b|c% }")).toEqual({
    kind: "and",
    parts: [
      { kind: "clause", field: "eventName", test: { kind: "regex", regex: "^Get" } },
      { kind: "clause", field: "userAgent", test: { kind: "notRegex", regex: "b|c" } },
    ],
  });
});

test.each([
  ["a term", "?ERROR"],
  ["a test for null", "{ $.errorCode IS NULL }"],
  ["a name in quotes", "{ $.requestParameters['a b'] = 1 }"],
  ["what CloudWatch refuses", "{ $.eventName = }"],
])("%s is refused", (_name, pattern) => {
  expect(() => formOfPattern(pattern)).toThrow("must be a JSON pattern of fields of a record");
});
