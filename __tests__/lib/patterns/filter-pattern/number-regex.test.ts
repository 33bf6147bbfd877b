import * as fc from "fast-check";
import { numberRegexes } from "../../../../lib/patterns/filter-pattern/number-regex";
import { compileRegex } from "../../../../lib/patterns/filter-pattern/regex";

const matcherOf = (low: number, high: number) =>
  compileRegex(
    numberRegexes(low, high)
      .map((regex) => `^${regex}$`)
      .join("|"),
    0,
  );

test.each([
  [0, 255, ["\\d", "[1-9]\\d", "1\\d\\d", "2[0-4]\\d", "25[0-5]"]],
  [64, 127, ["6[4-9]", "[7-9]\\d", "1[0-1]\\d", "12[0-7]"]],
  [400, Infinity, ["[4-9]\\d\\d", "[1-9]\\d{3,}"]],
  [0, Infinity, ["\\d", "[1-9]\\d+"]],
  [1, Infinity, ["[1-9]\\d*"]],
  [7, 7, ["7"]],
])("from %d to %d", (low, high, regexes) => {
  expect(numberRegexes(low, high)).toEqual(regexes);
});

test("fit the numbers between, and no others", () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 1_000_000 }));
  fc.assert(
    fc.property(number, number, number, (one, other, value) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const [within, above] = [matcherOf(low, high), matcherOf(low, Infinity)];
      for (const each of [value, low, high, low - 1, high + 1].filter((each) => each >= 0)) {
        expect(within(String(each))).toBe(each >= low && each <= high);
        expect(above(String(each))).toBe(each >= low);
      }
      expect([`0${high}`, `${high}.0`, `-${high}`, "", `${high} `].map((text) => within(text))).not.toContain(true);
    }),
    { numRuns: 150 },
  );
});
