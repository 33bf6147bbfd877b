import { compileEventPattern, EventPatternError } from "../../../../signals";
import { EVENT_PATTERN_CASES, REFUSED_EVENT_PATTERNS } from "../../../signals/fixtures/event-patterns";

it.each(EVENT_PATTERN_CASES)("$rule", ({ pattern, matching, other }) => {
  const compiled = compileEventPattern(pattern);
  for (const event of matching) expect([event, compiled.matches(event)]).toEqual([event, true]);
  for (const event of other) expect([event, compiled.matches(event)]).toEqual([event, false]);
});

it.each(REFUSED_EVENT_PATTERNS)("refuses $pattern: $rule", ({ pattern }) => {
  expect(() => compileEventPattern(pattern)).toThrow(EventPatternError);
});

it("takes the pattern as text too, and says where it is wrong", () => {
  expect(compileEventPattern('{"source": ["aws.kms"]}').matches({ source: "aws.kms" })).toBe(true);
  expect(() => compileEventPattern({ detail: { eventName: [{ like: "x" }] } })).toThrow(
    "unrecognized match type 'like' (at 'detail.eventName')",
  );
});

it("matches nothing that is no JSON object", () => {
  const pattern = compileEventPattern({ a: [{ exists: false }] });
  for (const event of [undefined, null, "a", 1, [], [{}]]) expect(pattern.matches(event)).toBe(false);
  expect(pattern.matches({})).toBe(true);
});

it("does not take inherited properties for fields", () => {
  expect(compileEventPattern({ constructor: [{ exists: false }] }).matches({})).toBe(true);
});
