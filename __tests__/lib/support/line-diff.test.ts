import { lineDiff, withContext } from "../../../lib/support/line-diff";

const shown = (before: string, after: string, context?: number) =>
  withContext(lineDiff(before, after), context).map(({ sign, text }) => sign + text);

test("the fewest lines, each with its neighbours", () => {
  expect(shown("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nd\ne\nf\ng\n")).toEqual([" a", "-b", "+B", " c", " f", "+g"]);
});

test.each([
  ["a\n", "a\n", []],
  ["a\nb\n", "b\n", ["-a"]],
  ["b\n", "a\nb\n", ["+a"]],
  ["a\r\n", "a\n", []],
])("%j to %j", (before, after, expected) => {
  expect(shown(before, after, 0)).toEqual(expected);
});
