import { compileFilterPattern, FilterPatternError, parseEvent } from "../../../../signals";
import {
  DELIMITED,
  JSON_PATTERNS,
  REFUSED,
  REGEXES,
  TERMS,
  UNWARNED,
  WARNED,
  type FilterPatternCase,
} from "../../../signals/fixtures/filter-patterns";

function messageOf(message: string | object): string {
  return typeof message === "string" ? message : JSON.stringify(message);
}

function check({ pattern, matching, other }: FilterPatternCase): void {
  for (const compiled of [
    compileFilterPattern(pattern),
    compileFilterPattern(compileFilterPattern(pattern).toString()),
  ]) {
    for (const message of matching.map(messageOf))
      expect([message, compiled.matches(message)]).toEqual([message, true]);
    for (const message of other.map(messageOf)) expect([message, compiled.matches(message)]).toEqual([message, false]);
  }
}

describe("terms", () => {
  it.each(TERMS)("$rule", check);
});

describe("a regular expression", () => {
  it.each(REGEXES)("$rule: $pattern", check);
});

describe("JSON", () => {
  it.each(JSON_PATTERNS)("$rule", check);
});

describe("space-delimited", () => {
  it.each(DELIMITED)("$rule", check);
});

it.each(REFUSED)("refuses %s at %d", (pattern, offset) => {
  let refusal: unknown;
  try {
    compileFilterPattern(pattern);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(FilterPatternError);
  expect(refusal).toMatchObject({ offset });
});

it.each(WARNED)("warns of %s at %d: %s", (pattern, offset, message) => {
  const { warnings } = compileFilterPattern(pattern);
  expect(warnings).toEqual([{ offset, message: expect.stringContaining(message) as string }]);
});

it.each(UNWARNED)("does not warn of %s", (pattern) => {
  expect(compileFilterPattern(pattern).warnings).toEqual([]);
});

it("takes what AWS takes at the limits", () => {
  expect(compileFilterPattern("x".repeat(1024)).matches("x".repeat(1024))).toBe(true);
  expect(compileFilterPattern("%^a{1000}$%").matches("a".repeat(1000))).toBe(true);
  expect(compileFilterPattern("{ $.* = 1 && $.a[*] = 1 && $.b.* = 1 }").matches("{}")).toBe(false);
});

it("extracts words by name, or by position where they have none", () => {
  const extract = (pattern: string, message: string) => compileFilterPattern(pattern).extract(message);
  expect(extract("[a, , c]", 'x "y y" [z]')).toEqual({ $a: "x", $2: "y y", $c: "z" });
  expect(extract("[a, ..., z]", "1 2 3 4")).toEqual({ $a: "1", $2: "2", $3: "3", $z: "4" });
  expect(extract("[a, b]", '1 2 "3" ')).toEqual({ $a: "1", $b: '2 "3"' });
  expect(extract("[]", "x y")).toEqual({ $1: "x", $2: "y" });
  expect(extract("[...]", "")).toEqual({});
  expect(extract("[a = 1]", "2")).toBeUndefined();
  expect(extract("{ $.a = 1 }", '{"a":1}')).toEqual({});
  expect(extract("{ $.a = 1 }", '{"a":2}')).toBeUndefined();
  expect(extract("a", "a")).toEqual({});
  expect(extract("a", "b")).toBeUndefined();
});

it("prints the pattern with no more parentheses and quotes than it needs", () => {
  const print = (pattern: string) => compileFilterPattern(pattern).toString();
  expect(print('{(($.a=x)&&(($.b>1)||$.c["*"] IS NULL))}'.replace('"*"', "*"))).toBe(
    "{ $.a = x && ($.b > 1 || $.c[*] IS NULL) }",
  );
  expect(print(String.raw`{ $.['a']['b.c'] != "\"\\d\e\\" }`)).toBe(String.raw`{ $.a['b.c'] != "\"\d\e\\" }`);
  expect(print("[  a=1||a = %x%,...,]")).toBe("[a = 1 || a = %x%, ..., ]");
  expect(print('  ?a   -"b c" ')).toBe('?a -"b c"');
  expect(print("   ")).toBe("");
});

it("prints without blanks where the pattern would not fit with them", () => {
  const pattern = `{${Array.from({ length: 146 }, (_, index) => `$.a=${100 + index}`).join("||")}}`.slice(0, 1023);
  const whole = `${pattern.slice(0, pattern.lastIndexOf("||"))}}`;
  expect(compileFilterPattern(whole).toString()).toBe(whole);
});

it("reads '*' by its first occurrence where it is asked to", () => {
  const compile = (pattern: string) => compileFilterPattern(pattern, { wildcards: "first-occurrence" });
  expect(compile("{ $.a = *.10 }").matches('{"a":"10.10.10"}')).toBe(false);
  expect(compile("{ $.a = *.10* }").matches('{"a":"10.10.10"}')).toBe(true);
  expect(compile("{ $.a = 1*3 }").matches('{"a":123}')).toBe(true);
  expect(compile("{ $.a = 2*3 }").matches('{"a":123}')).toBe(false);
  expect(compile("[a = *.10, b]").matches("10.10.10 x")).toBe(false);
});

it("parses an event once for all patterns", () => {
  const event = parseEvent('{"a":1.0}');
  expect(event.json).toBe(event.json);
  expect(compileFilterPattern("{ $.a = 1 }").matchesEvent(event)).toBe(true);
  expect(compileFilterPattern('{ $.a = "1.0" }').matchesEvent(event)).toBe(true);
});

it("says what a pattern consists of, and where", () => {
  const pattern = '{ $.a = "x" && $.b NOT EXISTS }';
  const { syntax } = compileFilterPattern(pattern);
  if (syntax.kind !== "json" || syntax.expression.kind === "clause") throw new Error("expected a group");
  const clauses = syntax.expression.parts.filter((part) => part.kind === "clause");
  expect(clauses.map(({ start, end }) => pattern.slice(start, end))).toEqual(['$.a = "x"', "$.b NOT EXISTS"]);
});
