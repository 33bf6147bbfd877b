import { PassThrough } from "node:stream";
import { jsonText } from "../../../lib/support/json-text";
import { printError, printLines } from "../../../lib/support/print";
import { printable, printableLine, shownValue } from "../../../lib/support/printable";

/** Every character that a terminal obeys, or that changes how others are read. */
const OBEYED = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(character));

test("no character that a terminal obeys is left, but tabs and line feeds", () => {
  expect(OBEYED.length).toBeGreaterThan(200);
  expect(OBEYED.filter((character) => printable(character) === character)).toEqual(["\t", "\n"]);
  expect(OBEYED.filter((character) => printableLine(character) === character)).toEqual([]);
  expect(OBEYED.filter((character) => shownValue(character) === character)).toEqual([]);
});

test.each([
  ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
  ["\u009b2J", "\\u{9b}2J"],
  ["role/\u202eecila", "role/\\u{202e}ecila"],
  ["a\rb", "a\\rb"],
  ["\u{e0041}", "\\u{e0041}"],
  ["größe 😀 – “x” \\u{202e}", "größe 😀 – “x” \\u{202e}"],
])("%j is printed as %j, once and for all", (text, expected) => {
  expect(printable(text)).toBe(expected);
  expect(printable(printable(text))).toBe(expected);
});

test("a name begins no line of its own", () => {
  expect(printable("a\nb")).toBe("a\nb");
  expect(printableLine("a\nb\tc")).toBe("a\\nb\\tc");
});

test("JSON means the same and holds nothing that a terminal obeys", () => {
  const value = { [OBEYED.join("")]: OBEYED.join("x"), plain: "größe 😀" };
  const text = jsonText(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(printable(text)).toBe(text);
  expect(text).toContain("größe 😀");
  expect(jsonText({ a: 1 }, 0)).toBe('{"a":1}');
});

test("the printer writes out what is in a line, and keeps its own colours", () => {
  const stream = new PassThrough().setEncoding("utf8");
  const terminal = Object.assign(stream, { isTTY: true, hasColors: () => true }) as unknown as NodeJS.WriteStream;
  printLines(["\u001b[31mx", { dim: "\u202ey" }], terminal);
  expect(String(stream.read())).toBe("\\u{1b}[31mx\n\u001b[2m\\u{202e}y\u001b[22m\n");
});

test("so does what is printed on standard error", () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  printError("denied: \u001b]0;title\u0007");
  const printed = write.mock.calls.map(([text]) => String(text));
  write.mockRestore();
  expect(printed).toEqual(["denied: \\u{1b}]0;title\\u{07}\n"]);
});
