import { columnsOf } from "../../../lib/support/columns";
import { continued, flowing, leastWidthOf } from "../../../lib/support/wrap";

test.each([
  ["monitoring-payments", 19],
  ["11 of 16", 2],
  ["  indented", 10],
  ["", 0],
])("%j can be as narrow as %s columns", (text, width) => {
  expect(leastWidthOf(text)).toBe(width);
});

test.each<[string, number, string[]]>([
  ["  one two three", 15, ["  one two three"]],
  ["  one two three", 14, ["  one two", "    three"]],
  ["one two  three", 9, ["one two", "  three"]],
  ["a    b", 5, ["a", "  b"]],
  ["      ✓ topic arn:aws:sns", 14, ["      ✓ topic", "   arn:aws:sns"]],
  ["", 5, [""]],
  ["anything", Infinity, ["anything"]],
  ["  fix:  one two three", 16, ["  fix:  one two", "        three"]],
  ["see https://example.com/a/long/path for more", 12, ["see", "https://example.com/a/long/path", "  for more"]],
])("%j flows in %s columns, its further lines beneath the value or the first word", (line, width, lines) => {
  expect(flowing(line, width)).toEqual(lines);
});

test.each<[string, number, string[]]>([
  ["monitoring-payments", 14, ["monitoring-", "payments"]],
  ["  monitoring-payments", 18, ["  monitoring-", "  payments"]],
  ["arn:aws:iam::1:role/a", 12, ["arn:aws:iam:", ":1:role/a"]],
  ["monitoring", 4, ["moni", "tori", "ng"]],
  ["監査", 1, ["監", "査"]],
])("the word %j is wider than %s columns, and breaks", (line, width, lines) => {
  expect(flowing(line, width, 0)).toEqual(lines);
});

test.each<[string, number, string[]]>([
  ["to start: run 'npx cdktf synth'", 22, ["to start: run", "  'npx cdktf synth'"]],
  ["the account's name and the role's", 22, ["the account's name and", "  the role's"]],
  ["run ('npx cdktf synth --output a')", 16, ["run ('npx cdktf", "  synth --output", "  a')"]],
])("quotes in %j hold together where they fit into %s columns", (line, width, lines) => {
  expect(flowing(line, width)).toEqual(lines);
});

test.each<[string, number, string[]]>([
  ["  $ aws a --name b", 20, ["  $ aws a --name b"]],
  ["  A=1 aws a --name b --last", 14, ["  A=1 aws a \\", "    --name b \\", "    --last"]],
  ["a 'one two' --x", 12, ["a \\", "  'one two' \\", "  --x"]],
])("the command %j in %s columns stays one for a shell", (line, width, lines) => {
  expect(continued(line, width)).toEqual(lines);
});

test.each(["x", "監", "x-", "word ", "'x ", "e\u0301"])("time grows with the length of many %j", (unit) => {
  const text = unit.repeat(20_000);
  const { user } = process.cpuUsage();
  expect(columnsOf(flowing(text, 80).join("").replace(/ /g, ""))).toBe(columnsOf(text.replace(/ /g, "")));
  // Takes 0.1 s; half a minute where each line measures the rest of the text.
  expect(process.cpuUsage().user - user).toBeLessThan(3_000_000);
});
