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
  '{ $.eventName NOT EXISTS || $.x = "1" }',
  '{ $.eventSource = "s" && ($.eventName = "A" || $.x = "1") && ($.x = "2" || $.y IS NULL || $.eventName = "B") }',
  '{ ($.eventName = "A" && $.x = "1") || ($.eventName = "B" && ($.x = "2" || $.y = "1")) || $.x = "3" }',
  '{ $.detail.eventSource = "s" && ($.detail.eventName = "A" || $.detail.x = "1") }',
  '{ $.detail.x = "1" && ($.detail.eventName = "B" || ($.detail.eventName = "A*" && $.detail.y IS NULL)) }',
  "{ $.eventName = 5 }",
  "A",
  "",
];

const filters = PATTERNS.map((text) => ({ text, pattern: compileFilterPattern(text) }));
const eventNames = fc.constantFrom<unknown>("A", "B", "C", "AB", 5, null);

function textsOf(found: readonly { readonly text: string }[]): readonly string[] {
  return found.map(({ text }) => text);
}

test("events are distinguished whatever their names hold", () => {
  const text = '{ $.eventName = "A" && $.eventSource = "sA" }';
  const index = new FilterIndex([{ text, pattern: compileFilterPattern(text) }], false);
  const matching = (json: JsonObject) => index.matching(json, parseEvent(JSON.stringify(json)));
  expect(matching({ eventName: "As", eventSource: "A" })).toEqual([]);
  expect(matching({ eventName: "A", eventSource: "sA" })).toHaveLength(1);
});

test("of an event with a name and a source, only other fields are tested", () => {
  const matchesEvent = jest.fn();
  const watched = filters.map(({ text, pattern }) => ({ text, pattern: { ...pattern, matchesEvent } }));
  const json = { eventName: "A", eventSource: "s" };
  new FilterIndex(watched, false).matching(json, parseEvent(JSON.stringify(json)));
  // Those that are not JSON.
  expect(matchesEvent).toHaveBeenCalledTimes(2);
});

test("has the same matches, in the same order, as all patterns one by one", () => {
  const record = fc.record({
    eventName: eventNames,
    eventSource: fc.constantFrom<unknown>("s", "t", 1),
    x: fc.constantFrom("1", "2"),
    y: fc.constantFrom(null, "1"),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), fc.boolean(), (records, envelope) => {
      const index = new FilterIndex(filters, envelope);
      for (const fields of records) {
        const event = parseEvent(JSON.stringify(envelope ? { detail: fields } : fields));
        const matching = filters.filter(({ pattern }) => pattern.matchesEvent(event));
        expect(textsOf(index.matching(fields as JsonObject, event))).toEqual(textsOf(matching));
      }
    }),
  );
});
