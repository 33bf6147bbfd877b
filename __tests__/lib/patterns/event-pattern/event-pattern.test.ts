import fc from "fast-check";
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

test("an event matches '$or' if it matches the pattern with one of the alternatives in its place", () => {
  const text = fc.constantFrom("a", "b", "c");
  const key = fc.constantFrom("x", "y", "z");
  const tests = fc.array(
    fc.oneof(
      text,
      fc.record({ prefix: text }),
      fc.record({ exists: fc.boolean() }),
      fc.record({ "anything-but": text }),
    ),
    { minLength: 1, maxLength: 2 },
  );
  const fields = fc.dictionary(key, fc.oneof(tests, fc.record({ x: tests }), fc.record({ x: tests, y: tests })), {
    minKeys: 1,
    maxKeys: 2,
  });
  const value = fc.oneof(text, fc.array(text, { maxLength: 2 }), fc.dictionary(key, text, { maxKeys: 2 }));
  const found = fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxKeys: 3 });
  fc.assert(
    fc.property(fields, fc.array(fields, { minLength: 2, maxLength: 3 }), found, (common, alternatives, detail) => {
      const others = alternatives.map((one) =>
        // Of a field that is in both, EventBridge does not say which counts.
        Object.fromEntries(Object.entries(one).filter(([name]) => !Object.hasOwn(common, name))),
      );
      if (others.some((one) => Object.keys(one).length === 0)) return;
      const whole = compileEventPattern({ detail: { ...common, $or: others } });
      const separate = others.map((one) => compileEventPattern({ detail: { ...common, ...one } }));
      expect(whole.matches({ detail })).toBe(separate.some((one) => one.matches({ detail })));
    }),
    { numRuns: 1000 },
  );
});
