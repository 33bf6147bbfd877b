import * as fc from "fast-check";
import type { ComparisonOperator } from "../../detections/condition";
import { filterPatterns } from "../../detections/filter-pattern";
import { ConditionError } from "../../detections/normal-form";
import { predicate } from "../../detections/predicate";
import { compareDigits } from "../../detections/whole-number";
import { compileFilterPattern } from "../../signals";

const COMPARES: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

test("a number as text compares as the number does, in the pattern and in the predicate", () => {
  const number = fc.oneof(fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 1, max: 10_000_000 }));
  fc.assert(
    fc.property(fc.constantFrom(">", ">=", "<", "<="), number, number, (operator, value, other) => {
      const condition = compareDigits("requestParameters.a", operator, value);
      const [text = ""] = filterPatterns(condition, "$");
      const [pattern, holds] = [compileFilterPattern(text), predicate(condition)];
      const found: [unknown, boolean, boolean][] = [];
      const wanted: [unknown, boolean, boolean][] = [];
      const check = (a: unknown, expected: boolean): void => {
        const record = { requestParameters: { a } };
        found.push([a, pattern.matches(JSON.stringify(record)), holds(record)]);
        wanted.push([a, expected, expected]);
      };
      for (const each of [value - 1, value, value + 1, other, 0]) {
        check(String(each), COMPARES[operator](each, value));
        check(each, COMPARES[operator](each, value));
      }
      for (const other of [
        "",
        "x",
        `0${value}`,
        `-${value}`,
        `${value}.5`,
        ` ${value}`,
        `${value}\n`,
        null,
        true,
        [value],
      ]) {
        check(other, false);
      }
      expect(found).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

test.each([
  [">=", -1],
  [">=", 1.5],
  ["<", NaN],
  ["<", 0],
] as const)("what no number can be is refused: %s %d", (operator, value) => {
  expect(() => compareDigits("requestParameters.a", operator, value)).toThrow(ConditionError);
});
