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

test("a table that fits exactly stays as it is; one column less, and the widest cells take two lines", () => {
  const width = "monitoring-payments  payments  9".length;
  expect(table(ROWS, { width })).toEqual(table(ROWS));
  expect(table(ROWS, { width: width - 1 })).toEqual([
    "STACK               ACCOUNT   N",
    "monitoring-         payments  9\npayments",
  ]);
});

test("every line keeps its indent, and counts it", () => {
  const lines = table(ROWS, { width: 30, indent: 4 }).flatMap((row) => row.split("\n"));
  expect(lines.every((line) => line.startsWith("    ") && line.length <= 30)).toBe(true);
});

test("numbers go to the right", () => {
  expect(table([["n"], ["10"]], { right: new Set([0]) })).toEqual([" n", "10"]);
});

test("columns that cannot be read any more are left wide", () => {
  expect(table([["aaaaaaaa", "bbbbbbbb"]], { width: 3 })).toEqual(["aaaaaa  bbbbbb\naa      bb"]);
});
