import fc from "fast-check";
import { compileFilterPattern, parseEvent } from "../../../../signals";
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
  ["A", [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]],
  ["C", [2, 4, 5, 6, 7, 8, 9, 10]],
  ["D", [4, 5, 6, 7, 8, 9, 10]],
])("an event named %s tries no filter that needs other names", (name, expected) => {
  const candidates = [...new FilterIndex(filters, false).candidates(name)].map((filter) => filters.indexOf(filter));
  // Of two names that one event cannot have, the first is looked up.
  expect(candidates.sort((one, other) => one - other)).toEqual(expected);
});

test("leaves out nothing that matches, and tries nothing twice", () => {
  const record = fc.record({ eventName: eventNames, eventSource: fc.constantFrom("s", "t") });
  fc.assert(
    fc.property(record, fc.boolean(), (fields, envelope) => {
      const event = parseEvent(JSON.stringify(envelope ? { detail: fields } : fields));
      const name = typeof fields.eventName === "string" ? fields.eventName : undefined;
      const candidates = [...new FilterIndex(filters, envelope).candidates(name)];
      expect(new Set(candidates).size).toBe(candidates.length);
      for (const filter of filters.filter(({ pattern }) => pattern.matchesEvent(event))) {
        expect(candidates).toContain(filter);
      }
    }),
  );
});
