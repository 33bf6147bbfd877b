import { PassThrough } from "node:stream";
import { aligned, leading, type Line, plainText, printLines } from "../../../lib/support/print";

/** What is printed to a stream that is a terminal with colours, or is not. */
function printed(terminal: { isTTY: boolean; hasColors?: () => boolean }): string {
  const stream = new PassThrough().setEncoding("utf8");
  printLines(["plain", { dim: "dim" }], Object.assign(stream, terminal) as unknown as NodeJS.WriteStream);
  return String(stream.read());
}

test.each([
  [{ isTTY: true, hasColors: () => true }, "plain\n\u001b[2mdim\u001b[22m\n"],
  [{ isTTY: true, hasColors: () => false }, "plain\ndim\n"],
  [{ isTTY: false }, "plain\ndim\n"],
])("colours are for terminals that have some", (terminal, expected) => {
  expect(printed(terminal)).toBe(expected);
});

test("columns are as wide as their widest cell, lines end where their text does", () => {
  expect(
    aligned([
      ["a", "b", ""],
      ["long", "c", "d"],
    ]),
  ).toEqual(["a     b", "long  c  d"]);
});

test("prose flows into the terminal's lines; what is laid out already, and what goes elsewhere, stays as it is", () => {
  const write = (line: Line, terminal: object): string => {
    const stream = new PassThrough().setEncoding("utf8");
    printLines([line], Object.assign(stream, terminal) as unknown as NodeJS.WriteStream);
    return String(stream.read());
  };
  const narrow = { isTTY: true, columns: 10, hasColors: () => true };
  expect(write("  one two three", narrow)).toBe("  one two\n    three\n");
  expect(write({ dim: "one two three" }, narrow)).toBe("\u001b[2mone two\n  three\u001b[22m\n");
  expect(write("  one two three", { ...narrow, isTTY: false })).toBe("  one two three\n");
  expect(write('{"one": "two three"}', narrow)).toBe('{"one": "two three"}\n');
  expect(write("| one | two | three |", narrow)).toBe("| one | two | three |\n");
  expect(write("first row\n  its rest", narrow)).toBe("first row\n  its rest\n");
  expect(write("each line\nof a message flows", narrow)).toBe("each line\nof a\n  message\n  flows\n");
});

test("a line of several parts is wrapped as one, and keeps the tone of each part", () => {
  const write = (line: Line, terminal: object): string => {
    const stream = new PassThrough().setEncoding("utf8");
    printLines([line], Object.assign(stream, terminal) as unknown as NodeJS.WriteStream);
    return String(stream.read());
  };
  const line: Line = [{ bad: "FAILED now" }, " and ", { good: "then" }];
  const narrow = { isTTY: true, columns: 8, hasColors: () => true };
  expect(write(line, narrow)).toBe("\u001b[31mFAILED\n  now\u001b[39m\n  and\u001b[32m\n  then\u001b[39m\n");
  expect(write(line, { isTTY: false })).toBe("FAILED now and then\n");
  expect(write([{ bad: "\u001b[2m" }, "x"], { ...narrow, columns: 80 })).toBe("\u001b[31m\\u{1b}[2m\u001b[39mx\n");
  expect(plainText(line)).toBe("FAILED now and then");
  expect(leading("bad", "  high  one", "high")).toEqual(["  ", { bad: "high" }, "  one"]);
  expect(leading(undefined, "low", "low")).toBe("low");
});
