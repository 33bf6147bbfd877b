import { columnsOf, cut, truncated } from "../../../lib/support/columns";

test.each([
  ["", 0],
  ["abc", 3],
  ["naïve", 5],
  // A combining accent belongs to the letter before it.
  ["e\u0301", 1],
  ["監査", 4],
  ["ＡＢ", 4],
  ["✓ ok", 4],
  ["🔒", 2],
  ["👩‍💻", 2],
  ["\u200b", 0],
])("%j takes %s columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test.each([
  ["abcde", 5, "abcde"],
  ["abcdef", 5, "abcd…"],
  ["監査監査", 8, "監査監査"],
  ["監査監査", 7, "監査監…"],
  ["監査監査", 6, "監査…"],
])("%j in %s columns is %j", (text, width, expected) => {
  expect(truncated(text, width)).toBe(expected);
});

test("a text is cut between characters, also where one lies across the parts that are divided at a time", () => {
  expect(cut("監査e\u0301x", 3)).toEqual(["監", "査e\u0301", "x"]);
  expect(cut("監", 1)).toEqual(["監"]);
  const family = "x".repeat(254) + "👩‍💻".repeat(200);
  expect(columnsOf(family)).toBe(254 + 400);
  expect(cut(family, 2).slice(-200)).toEqual(Array.from({ length: 200 }, () => "👩‍💻"));
});
