import * as fc from "fast-check";
import { globMatcher, starMatcher } from "../../../lib/support/wildcard";

const text = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(characters)), maxLength });

test("'*' matches what '.*' matches, and no other character is special", () => {
  fc.assert(
    fc.property(text("ab*?.\n", 10), text("aabb?.\n", 12), (wildcard, value) => {
      expect(starMatcher(wildcard)(value)).toBe(expressionOf(wildcard).test(value));
    }),
    { numRuns: 300 },
  );
});

test("'?' matches one character", () => {
  fc.assert(
    fc.property(text("ab*?.\n", 10), text("aabb?.\n", 12), (wildcard, value) => {
      expect(globMatcher(wildcard)(value)).toBe(expressionOf(wildcard, ".").test(value));
    }),
    { numRuns: 300 },
  );
});

test("many wildcards take no time that a text could multiply", () => {
  const start = Date.now();
  expect(globMatcher("*a?".repeat(20))("ab".repeat(5000))).toBe(true);
  expect(globMatcher(`${"*a?".repeat(20)}c`)("ab".repeat(5000))).toBe(false);
  // A busy machine is slow; without the limit on backtracking, it would take years.
  expect(Date.now() - start).toBeLessThan(60_000);
});

function expressionOf(wildcard: string, one = "\\?"): RegExp {
  const escaped = wildcard.replaceAll(".", "\\.").replaceAll("*", "[^]*").replaceAll("?", one);
  return new RegExp(`^${escaped}$`, "s");
}
