import fc from "fast-check";
import { compileFilterPattern, parseEvent, type JsonObject } from "../../../../signals";
import { FilterIndex } from "../../../../signals/replay/prefilter/filter-index";

const PATTERNS = [
  '{ $.eventName = "A" }',
  '{ $.eventName = "A" || $.eventName = B }',
  '{ $.eventSource = "s" && ($.eventName = "B" || $.eventName = "C") }',
  '{ $.eventName = "A" && $.eventName = "B" }',
  '{ $.eventName = "A*" }',
  '{ $.eventName != "A" }',
  '{ $.eventName = "A" || $.eventSource = "s" }',
  '{ $.detail.eventName = "A" }',
  "{ $.eventName = 5 }",
  "A",
  "",
];

const filters = PATTERNS.map((text) => ({ text, pattern: compileFilterPattern(text) }));
const eventNames = fc.constantFrom<unknown>("A", "B", "C", "AB", 5, null);

test.each([
  ["A", "s", [0, 1, 4, 6, 7, 8, 9, 10]],
  ["A", "t", [0, 1, 4, 6, 7, 8, 9, 10]],
  ["C", "s", [2, 5, 6, 7, 8, 9, 10]],
  ["C", "t", [5, 7, 8, 9, 10]],
])("an event named %s of %s tries no filter that needs others", (name, source, expected) => {
  const candidates = new FilterIndex(filters, false)
    .candidates({ eventName: name, eventSource: source })
    .map((filter) => filters.indexOf(filter));
  expect(candidates).toEqual(expected.filter((index) => index !== 8));
});

test("events are distinguished whatever their names hold", () => {
  const index = new FilterIndex(
    [{ pattern: compileFilterPattern('{ $.eventName = "A" && $.eventSource = "sA" }') }],
    false,
  );
  expect(index.candidates({ eventName: "As", eventSource: "A" })).toEqual([]);
  expect(index.candidates({ eventName: "A", eventSource: "sA" })).toHaveLength(1);
});

test("leaves out nothing that matches, and tries nothing twice", () => {
  const record = fc.record({ eventName: eventNames, eventSource: fc.constantFrom("s", "t") });
  fc.assert(
    fc.property(record, fc.boolean(), (fields, envelope) => {
      const event = parseEvent(JSON.stringify(envelope ? { detail: fields } : fields));
      const candidates = [...new FilterIndex(filters, envelope).candidates(fields as JsonObject)];
      expect(new Set(candidates).size).toBe(candidates.length);
      for (const filter of filters.filter(({ pattern }) => pattern.matchesEvent(event))) {
        expect(candidates).toContain(filter);
      }
    }),
  );
});
