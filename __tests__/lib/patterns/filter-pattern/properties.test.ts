import * as fc from "fast-check";

import { compileFilterPattern, FilterPatternError, type FilterPattern } from "../../../../signals";
import { compileRegex } from "../../../../lib/patterns/filter-pattern/regex";
import { regexOfText, standardRegex } from "../../../../lib/patterns/filter-pattern/regex-text";
import { compileWildcard } from "../../../../lib/patterns/filter-pattern/wildcard";
import { splitWords } from "../../../../lib/patterns/filter-pattern/words";
import { JsonNumber } from "../../../../lib/patterns/json/json-value";
import { parseJsonObject } from "../../../../lib/patterns/json/parse-json";
import {
  anyMessage,
  anyPattern,
  likelyPattern,
  regexSource,
  textFrom,
} from "../../../signals/fixtures/arbitrary-patterns";

function tryCompile(pattern: string): FilterPattern | undefined {
  try {
    return compileFilterPattern(pattern);
  } catch (error) {
    expect(error).toBeInstanceOf(FilterPatternError);
    return undefined;
  }
}

/** What a pattern says, without where it says it. */
function meaning(pattern: FilterPattern): string {
  return JSON.stringify(pattern.syntax, (key, value: unknown) =>
    key === "start" || key === "end" ? undefined : value,
  );
}

it("printing and compiling again changes nothing", () => {
  let compiled = 0;
  fc.assert(
    fc.property(likelyPattern, (pattern) => {
      const once = tryCompile(pattern);
      if (once === undefined) return;
      compiled += 1;
      const again = compileFilterPattern(once.toString());
      expect(meaning(again)).toBe(meaning(once));
      expect(again.toString()).toBe(once.toString());
    }),
    { numRuns: 100 },
  );
  expect(compiled).toBeGreaterThan(50);
});

it("no pattern and no message throws anything but FilterPatternError", () => {
  fc.assert(
    fc.property(anyPattern, fc.array(anyMessage, { maxLength: 3 }), (text, messages) => {
      const pattern = tryCompile(text);
      for (const message of messages) {
        const matches = pattern?.matches(message) ?? false;
        expect((pattern?.extract(message) !== undefined) === matches).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

it("a refusal points into the pattern", () => {
  fc.assert(
    fc.property(anyPattern, (text) => {
      try {
        compileFilterPattern(text);
      } catch (error) {
        const offset = error instanceof FilterPatternError ? error.offset : -1;
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 150 },
  );
});

/** The end of the text. Node.js 26.12 finds no 😀 by /[^0-9]$/u, where "$" follows a class. */
const END = "(?![^])";

it("regular expressions find what JavaScript's find", () => {
  const text = textFrom("aaabbc1_-. é😀\n]\\", 12);
  fc.assert(
    fc.property(regexSource, text, (source, message) => {
      const plain = source.replace(/\[(?:\\.|[^\]])*\]|\\.|\$/gs, (part) => (part === "$" ? END : part));
      const found = new RegExp(plain, "su").test(message);
      expect(compileRegex(source, 0)(message)).toBe(found);
      const standard = standardRegex(source, { start: "^", end: END }).replaceAll("\\x{", "\\u{");
      expect(new RegExp(standard, "u").test(message)).toBe(found);
    }),
    { numRuns: 150 },
  );
});

it("a text is found by its regular expression, and no other text is", () => {
  const some = textFrom("aB1*^$.[]{}|?+\\-()%/ \n\"'&!", 6);
  fc.assert(
    fc.property(some.filter(Boolean), some, (one, other) => {
      const found = compileFilterPattern(`{ $.a = %${regexOfText(one) ?? ""}% }`);
      expect(found.matches(JSON.stringify({ a: one }))).toBe(true);
      expect(found.matches(JSON.stringify({ a: other }))).toBe(one === other);
      expect(found.matches(JSON.stringify({ a: one + other }))).toBe(other === "");
    }),
    { numRuns: 150 },
  );
  expect(["", "é", "a😀"].map(regexOfText)).toEqual([undefined, undefined, undefined]);
});

it("wildcards fit what a regular expression with .* fits", () => {
  fc.assert(
    fc.property(textFrom("aab*\n", 12), textFrom("aaabb\n", 12), (wildcard, value) => {
      const expected = new RegExp(`^${wildcard.replaceAll("*", ".*")}$`, "s").test(value);
      expect(compileWildcard(wildcard, "glob")(value)).toBe(expected);
      if (compileWildcard(wildcard, "first-occurrence")(value)) expect(expected).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it("words hold all of a message but blanks and delimiters", () => {
  fc.assert(
    fc.property(textFrom('ab \t"[]', 20), (message) => {
      const words = splitWords(message);
      const held = words.map(({ text }) => text).join("").length;
      const blanks = message.split(/[ \t]/).length - 1;
      expect(held).toBeLessThanOrEqual(message.length);
      expect(held).toBeGreaterThanOrEqual(message.length - blanks - 2 * words.length);
      for (const { start } of words) expect(message.slice(0, start)).toMatch(/(^|[ \t])$/);
    }),
  );
});

it("a parsed message is what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
      const message = JSON.stringify(value, null, 1);
      expect(plain(parseJsonObject(message))).toEqual(plain(JSON.parse(message)));
    }),
    { numRuns: 150 },
  );
});

it("a number keeps how it was written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,4})?(?:[eE][+-]?\d{1,2})?$/), (text) => {
      const message = `{"a" : [ ${text}],"b":"x, 1.0 \\" ${text}"}`;
      expect(compileFilterPattern(`{ $.a[0] = "${text}" && $.b = "*${text}" }`).matches(message)).toBe(true);
      expect(compileFilterPattern(`{ $.a[0] = "${text}0" }`).matches(message)).toBe(false);
      expect(compileFilterPattern(`{ $.a[0] = ${text} }`).matches(message)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

/** With numbers as JavaScript has them. */
function plain(value: unknown): unknown {
  if (value instanceof JsonNumber) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return new Map(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}
