import { table } from "../../../lib/support/table";

const ROWS = [
  ["STACK", "ACCOUNT", "N"],
  ["monitoring-payments", "payments", "9"],
];

test("columns are as wide as their widest cell, and lines end where their text does", () => {
  expect(table(ROWS)).toEqual(["STACK                ACCOUNT   N", "monitoring-payments  payments  9"]);
  expect(
    table([
      ["a", "b", ""],
      ["long", "c"],
    ]),
  ).toEqual(["a     b", "long  c"]);
});

test("a table that fits exactly stays as it is; one column less, and it is laid out again, without breaking a name", () => {
  const width = "monitoring-payments  payments  9".length;
  expect(table(ROWS, { width })).toEqual(table(ROWS));
  expect(table(ROWS, { width: width - 1 })).toEqual([
    "STACK                ACCOUNT\n    N",
    "monitoring-payments  payments\n    9",
  ]);
});

test("where few names are too wide, their other cells stand in the next line, and the columns stay aligned", () => {
  const rows = [
    ["one", "high", "1 in 300 s"],
    ["two", "low", "2 in 300 s"],
    ["a-much-longer-name", "low", "3 in 300 s"],
  ];
  expect(table(rows, { width: 24 })).toEqual([
    "one  high  1 in 300 s",
    "two  low   2 in 300 s",
    "a-much-longer-name\n     low   3 in 300 s",
  ]);
  expect(table(rows.slice(1), { width: 24 })[0]).toBe("two                 low\n    2 in 300 s");
});

test("the widest cells take several lines where they have several words, with the indent of the cell", () => {
  expect(table([["  one two three", "a-b-c"]], { width: 16 })).toEqual(["  one two  a-b-c\n  three"]);
});

test("every line keeps its indent, and counts it", () => {
  const lines = table(ROWS, { width: 30, indent: 4 }).flatMap((row) => row.split("\n"));
  expect(lines.every((line) => line.startsWith("    ") && line.length <= 30)).toBe(true);
});

test("numbers go to the right", () => {
  expect(table([["n"], ["10"]], { right: new Set([0]) })).toEqual([" n", "10"]);
});

test("where words would be broken, the last columns go on beneath the first", () => {
  const rows = [
    ["ACCOUNT", "ROLE", "TUNED"],
    ["payments", "member", "3"],
  ];
  expect(table(rows, { width: 20 })).toEqual(["ACCOUNT   ROLE\n    TUNED", "payments  member\n    3"]);
  expect(table(rows, { width: 20, indent: 2 })).toEqual([
    "  ACCOUNT   ROLE\n      TUNED",
    "  payments  member\n      3",
  ]);
});

test("columns that are empty in a row take no line of it", () => {
  const rows = [
    ["DETECTION", "off", "because"],
    ["DETECTION", "", ""],
  ];
  expect(table(rows, { width: 12 })).toEqual(["DETECTION\n    off\n    because", "DETECTION"]);
});

test("a word that is wider than the terminal is broken", () => {
  expect(table([["aaaaaaaa", "b"]], { width: 5 })).toEqual(["aaaaa\naaa\n    b"]);
});

test("no rows, no lines", () => {
  expect(table([], { width: 10 })).toEqual([]);
});

test("spare columns are left out, in their order, until each row fits in a line", () => {
  const rows = [
    ["name", "one", "two", "three"],
    ["payments", "a", "b", "c"],
  ];
  expect(table(rows, { width: 25, spare: [2, 1] })).toEqual(["name      one  two  three", "payments  a    b    c"]);
  expect(table(rows, { width: 24, spare: [2, 1] })).toEqual(["name      one  three", "payments  a    c"]);
  expect(table(rows, { width: 17, spare: [2, 1] })).toEqual(["name      three", "payments  c"]);
});
