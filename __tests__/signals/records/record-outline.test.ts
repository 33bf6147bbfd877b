import fc from "fast-check";
import { apiCall } from "../../../detections/example-record";
import { FIELD, RecordOutline } from "../../../signals/records/record-outline";
import { NotableText } from "../../../signals/records/notable-text";

const NAMES = {
  time: "eventTime",
  name: "eventName",
  id: "eventID",
  account: "recipientAccountId",
  region: "awsRegion",
};
const FIELDS = Object.entries(FIELD).map(([key, field]) => [NAMES[key as keyof typeof NAMES], field] as const);
const COMPLETE = {
  eventTime: "2026-01-15T09:30:00Z",
  eventName: "DisableKey",
  eventID: "1",
  recipientAccountId: "111122223333",
  awsRegion: "eu-west-1",
};

function outlined(text: string, notable?: NotableText): RecordOutline {
  const outline = new RecordOutline(notable);
  const bytes = Buffer.from(text);
  expect(outline.read(bytes, 0)).toBe(true);
  expect(outline.end).toBe(bytes.length);
  return outline;
}

function fieldsOf(text: string): object {
  const outline = outlined(text);
  const bytes = Buffer.from(text);
  return Object.fromEntries(
    FIELDS.map(([name, field]) => [name, bytes.toString("utf8", outline.from(field), outline.to(field))]),
  );
}

test("finds the fields of a record, wherever they stand, and not those of objects within", () => {
  const record = { nested: { ...COMPLETE, eventName: "Other" }, list: [COMPLETE], ...COMPLETE, more: "eventName" };
  for (const text of [JSON.stringify(record), JSON.stringify(record, null, 2)]) {
    expect(fieldsOf(text)).toEqual(COMPLETE);
    expect(outlined(text).isPlain).toBe(true);
  }
});

test.each<[string, string]>([
  ["a missing field", JSON.stringify({ ...COMPLETE, awsRegion: undefined })],
  ["a field that is no text", JSON.stringify({ ...COMPLETE, eventID: null })],
  ["an escape in a field", JSON.stringify(COMPLETE).replace("DisableKey", "Disable\\u004bey")],
  ["an escape in a key", JSON.stringify(COMPLETE).replace("{", '{"event\\u004eame":"Other",')],
  ["a field that is there twice", JSON.stringify(COMPLETE).replace("{", '{"eventName":"Other",')],
  ["EventBridge's envelope", JSON.stringify({ ...COMPLETE, detail: {} })],
])("leaves to the parser %s", (_what, text) => {
  expect(outlined(text).isPlain).toBe(false);
});

test("does not end before the record does", () => {
  const bytes = Buffer.from(JSON.stringify(apiCall("kms", "DisableKey", { requestParameters: { text: '"\\}' } })));
  for (let end = 1; end < bytes.length; end += 1) {
    expect(new RecordOutline().read(bytes.subarray(0, end), 0)).toBe(false);
  }
});

describe("a text that is looked for", () => {
  const notable = new NotableText([
    { text: "Root", starts: true, ends: true },
    { text: "Access", starts: true, ends: false },
    { text: "Operation", starts: false, ends: true },
    { text: "é", starts: true, ends: true },
  ]);
  test.each([
    ["Root", true],
    ["Roots", false],
    ["aRoot", false],
    ["AccessDenied", true],
    ["Access", true],
    ["Acces", false],
    ["NoAccess", false],
    ["UnauthorizedOperation", true],
    ["Operations", false],
    ["é", true],
    ["", false],
  ])("%j: %s", (text, isNotable) => {
    expect(outlined(JSON.stringify({ a: [{ b: text }] }), notable).isNotable).toBe(isNotable);
  });

  test("may hide behind an escape of any character", () => {
    for (const text of ["\\u0052oot", "x\\/y"]) expect(outlined(`{"a":"${text}"}`, notable).isNotable).toBe(true);
    expect(outlined('{"a":"\\"\\n\\\\u"}', notable).isNotable).toBe(false);
  });

  test("has an end of its string to stand at", () => {
    expect(() => new NotableText([{ text: "x", starts: false, ends: false }])).toThrow(RangeError);
    expect(() => new NotableText([{ text: "", starts: true, ends: true }])).toThrow(RangeError);
  });
});

test("ends where the parser does, and has the positions of its fields", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const field = fc.constantFrom(...Object.keys(COMPLETE), "detail", "a");
  fc.assert(
    fc.property(fc.dictionary(field, fc.oneof(fc.string({ unit: "grapheme" }), value)), fc.nat(2), (record, indent) => {
      const text = JSON.stringify(record, null, indent);
      if (!outlined(text).isPlain) return;
      expect(fieldsOf(text)).toEqual(Object.fromEntries(FIELDS.map(([name]) => [name, record[name]])));
    }),
  );
});
