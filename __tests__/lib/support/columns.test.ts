import { columnsOf, continued, flowing, leastWidthOf, truncated, wrapped } from "../../../lib/support/columns";

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

test.each<[string, number, string[]]>([
  ["one two", 7, ["one two"]],
  ["one two", 6, ["one", "two"]],
  ["one two three", 8, ["one two", "three"]],
  ["one two  three", 9, ["one two", "three"]],
  ["monitoring-payments", 12, ["monitoring-", "payments"]],
  ["monitoring", 4, ["moni", "tori", "ng"]],
  ["  monitoring-payments", 14, ["  monitoring-", "payments"]],
  ["監査", 1, ["監", "査"]],
  ["", 5, [""]],
  ["anything", Infinity, ["anything"]],
])("%j in lines of %s columns", (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});

test.each([
  ["monitoring-payments", 11],
  ["11 of 16", 2],
  ["  indented", 8],
  ["userIdentity.sessionContext", 14],
  ["", 0],
])("%j can be as narrow as %s columns", (text, width) => {
  expect(leastWidthOf(text)).toBe(width);
});

test.each<[string, number, string[]]>([
  ["  one two three", 15, ["  one two three"]],
  ["  one two three", 14, ["  one two", "    three"]],
  ["see https://example.com/a/long/path for more", 12, ["see", "https://example.com/a/long/path", "  for more"]],
  ["a    b", 5, ["a", "  b"]],
])("%j flows in %s columns", (line, width, lines) => {
  expect(flowing(line, width)).toEqual(lines);
});

test.each<[string, number, string[]]>([
  ["  $ aws a --name b", 20, ["  $ aws a --name b"]],
  ["  A=1 aws a --name b --last", 14, ["  A=1 aws a \\", "    --name b \\", "    --last"]],
  ["a 'one two' --x", 12, ["a \\", "  'one two' \\", "  --x"]],
])("the command %j in %s columns stays one for a shell", (line, width, lines) => {
  expect(continued(line, width)).toEqual(lines);
});

test.each<[string, number, string[]]>([
  ["  fix:  one two three", 16, ["  fix:  one two", "        three"]],
  ["arn:aws:iam::1:role/a", 12, ["arn:aws:iam:", ":1:role/a"]],
])("%j hangs beneath its value, and a word that is too wide breaks, in %s columns", (line, width, lines) => {
  expect(flowing(line, width)).toEqual(lines);
});
