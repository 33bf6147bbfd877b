import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { EventPatternError } from "../../../../lib/patterns/event-pattern/event-pattern-error";
import { compileEventPattern, compileFilterPattern, parseEvent } from "../../../../signals";
import { FileOutliner } from "../../../../signals/outlines/file-outliner";
import { RecordOutline } from "../../../../signals/records/record-outline";
import { literalsOf } from "../../../../signals/replay/prefilter/pattern-literals";
import { RecordPrefilter } from "../../../../signals/replay/prefilter/record-prefilter";
import { literalsOfRule } from "../../../../signals/replay/prefilter/rule-literals";
import { JSON_PATTERNS } from "../../fixtures/filter-patterns";
import { EVENT_PATTERN_CASES } from "../../fixtures/event-patterns";

const PLAIN = {
  eventTime: "2026-01-15T09:30:00Z",
  eventID: "1",
  recipientAccountId: "111122223333",
  awsRegion: "eu-west-1",
  eventName: "A",
};

function mayMeet(prefilter: RecordPrefilter, text: string): boolean {
  const outline = new RecordOutline(prefilter.notable);
  const bytes = Buffer.from(text);
  return !outline.read(bytes, 0) || prefilter.mayMeet(bytes, outline);
}

const folder = mkdtempSync(join(tmpdir(), "trailwatch-prefilter-"));
const file = join(folder, "records.json.gz");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The same for the record of a whole file, where a name may also need a hint. */
function mayMeetInFile(prefilter: RecordPrefilter, text: string): boolean {
  const content = gzipSync(`{"Records":[${text}]}`);
  writeFileSync(file, content);
  const { search } = prefilter;
  const outline = search && FileOutliner.of(search)?.outline(file, content.length)?.moveTo(0);
  return outline === undefined || outline.mayMeet || (outline.mayFit && prefilter.fitsName(outline.bytes, outline));
}

const prefilterOf = (pattern: string): RecordPrefilter =>
  new RecordPrefilter([literalsOf(compileFilterPattern(pattern), false)]);

test.each<[string, object, boolean]>([
  ['{ $.eventName = "B" }', {}, false],
  ['{ $.eventName = "B" || $.eventName = "A" }', {}, true],
  ['{ $.eventName = "A*" }', {}, true],
  ['{ $.eventName = "AB*" }', {}, false],
  ['{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }', {}, false],
  ['{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }', { userIdentity: { type: "Root" } }, true],
  ['{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }', { errorCode: "NotFound" }, false],
  ['{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }', { errorCode: "AccessDenied" }, true],
  // What says little is no help where there is something better.
  ['{ $.eventSource = "s" && $.errorCode = "x" }', { eventSource: "s" }, false],
  ['{ $.eventSource = "s" }', { eventSource: "s" }, true],
  ['{ $.eventName = "Decrypt" && $.errorCode = "x" }', { eventName: "Decrypt" }, false],
  ['{ $.eventName = "Decrypt" && $.errorCode = "x" }', { eventName: "Decrypt", errorCode: "x" }, true],
  ['{ $.a = "s.amazonaws.com" && ($.b = "x" || $.b = "y") }', { a: "s.amazonaws.com" }, false],
  ['{ $.a = "s.amazonaws.com" }', { a: "s.amazonaws.com" }, true],
  // Texts at an end of the name are searched for in the name only.
  ['{ $.eventName = "*B" }', { x: "AB" }, false],
  ['{ $.eventName = "*B" }', { eventName: "AB" }, true],
  // Of a value in many forms, or a middle, which stands at no end, the key is searched for.
  ['{ $.a = "12" }', {}, false],
  ['{ $.a = "12" }', { a: 12 }, true],
  ['{ $.x.a[*] = "*x*" }', { x: 1 }, false],
  ['{ $.x.a[*] = "*x*" }', { x: { a: ["axb"] } }, true],
  ["{ $.a IS TRUE && $.readOnly IS FALSE }", { readOnly: false }, false],
  ["{ $.a IS TRUE && $.readOnly IS FALSE }", { a: true }, true],
  ["{ $.a['b.c'] > 1 }", { a: { "b.c": 2 } }, true],
  ["{ $.a.* != 1 }", {}, false],
  ["{ $.a NOT EXISTS }", {}, true],
  // A region that is left out.
  ['{ $.awsRegion != "eu-west-1" && $.readOnly IS FALSE }', {}, false],
  [
    '{ $.awsRegion != "eu-west-1" && $.awsRegion != "eu-north-1" && $.readOnly IS FALSE }',
    { awsRegion: "eu-north-1" },
    false,
  ],
  ['{ $.awsRegion != "eu-west-1" && $.awsRegion != "eu-north-1" && $.readOnly IS FALSE }', { awsRegion: "a" }, true],
  ['{ $.awsRegion != "eu-west-1" || $.awsRegion != "eu-north-1" }', {}, true],
  ['{ $.awsRegion != "eu-*" }', {}, true],
  ['{ $.recipientAccountId = "x" }', {}, true],
  ["Root", {}, true],
])("%s and %j: %s", (pattern, fields, expected) => {
  expect(mayMeet(prefilterOf(pattern), JSON.stringify({ ...PLAIN, ...fields }))).toBe(expected);
});

test.each<[string, object, boolean]>([
  ['{ $.eventName = "B" && $.requestParameters.name = "x" }', { requestParameters: { name: "x" } }, false],
  ['{ $.eventName = "A" && $.requestParameters.name = "x" }', {}, false],
  ['{ $.eventName = "A" && $.requestParameters.name = "x" }', { requestParameters: { name: "x" } }, true],
  ['{ $.eventName = "A*" && ($.b = "x*" || $.c IS TRUE) }', { b: "y" }, false],
  ['{ $.eventName = "A*" && ($.b = "x*" || $.c IS TRUE) }', { c: true }, true],
  ['{ ($.eventName = "A" && $.b = "x") || ($.eventName = "B" && $.b = "y") }', { b: "y" }, false],
  ['{ ($.eventName = "A" && $.b = "x") || $.eventName = "A" }', {}, true],
  // What most records have is no hint.
  ['{ $.eventName = "A" && $.userIdentity.type = "IAMUser" }', {}, true],
])("in a whole file, %s and %j: %s", (pattern, fields, expected) => {
  expect(mayMeetInFile(prefilterOf(pattern), JSON.stringify({ ...PLAIN, ...fields }))).toBe(expected);
});

test.each(JSON_PATTERNS.map(({ rule, pattern, matching }) => [rule, pattern, matching] as const))(
  "lets through what matches: %s",
  (_rule, pattern, matching) => {
    for (const message of matching) {
      const fields = (typeof message === "string" ? message : JSON.stringify(message)).trim();
      if (!fields.startsWith("{")) continue;
      const known = JSON.stringify(PLAIN).slice(0, -1);
      const text = /^\{\s*\}$/.test(fields) ? `${known}}` : `${known},${fields.slice(1)}`;
      if (!compileFilterPattern(pattern).matches(text)) continue;
      expect(mayMeet(prefilterOf(pattern), text)).toBe(true);
      expect(mayMeetInFile(prefilterOf(pattern), text)).toBe(true);
    }
  },
);

test("leaves out nothing that any of many patterns matches", () => {
  const text = fc.constantFrom("A", "B", "Root", "AccessDenied", "AccessDeniedException", 'a"Root', "12", "é/x");
  const value = fc.oneof(text, fc.constant(12), fc.record({ type: text }), fc.array(text, { maxLength: 2 }));
  const field = fc.constantFrom("eventName", "errorCode", "userIdentity", "x");
  const clause = fc
    .tuple(
      fc.constantFrom("eventName", "errorCode", "userIdentity.type", "x[0]", "x"),
      fc.constantFrom("=", "!="),
      text,
    )
    .chain(([path, operator, wanted]) =>
      fc
        .constantFrom(wanted, `${wanted}*`, `*${wanted}`, `${wanted.slice(0, 2)}*${wanted.slice(2)}`)
        .map((wildcard) => `$.${path} ${operator} "${wildcard.replaceAll('"', '\\"')}"`),
    );
  const pattern = fc
    .array(fc.array(clause, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((groups) => `{ ${groups.map((group) => `(${group.join(" && ")})`).join(" || ")} }`);
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), fc.dictionary(field, value), (patterns, fields) => {
      const compiled = patterns.map((one) => compileFilterPattern(one));
      const prefilter = new RecordPrefilter(compiled.map((one) => literalsOf(one, false)));
      const plain = JSON.stringify({ ...PLAIN, ...fields });
      // Some write more escapes than they have to.
      for (const message of [plain, plain.replaceAll("/", "\\/").replaceAll("R", "\\u0052")]) {
        const matches = compiled.some((one) => one.matchesEvent(parseEvent(message)));
        if (!matches) continue;
        expect(mayMeet(prefilter, message)).toBe(true);
        expect(mayMeetInFile(prefilter, message)).toBe(true);
      }
    }),
  );
});

test("leaves out nothing that a rule's pattern matches", () => {
  for (const { pattern, matching } of EVENT_PATTERN_CASES) {
    const wrapped = compileEventPattern({ detail: pattern });
    const prefilter = new RecordPrefilter([literalsOfRule(JSON.stringify({ detail: pattern }))]);
    for (const fields of matching) {
      const record = { ...PLAIN, ...fields };
      if (wrapped.matches({ detail: record })) expect(mayMeet(prefilter, JSON.stringify(record))).toBe(true);
    }
  }
});

test("searches for a rule's event names, or for the texts that it requires with them", () => {
  const detail = { eventSource: ["s"], $or: [{ eventName: ["A", "B"] }, { errorCode: [{ prefix: "Access" }] }] };
  expect(literalsOfRule(JSON.stringify({ source: ["aws.s"], detail }))).toMatchObject({
    names: ["A", "B"],
    pieces: [{ text: "Access", starts: true, ends: false }],
  });
  expect(literalsOfRule(JSON.stringify({ detail: { eventName: [{ "anything-but": ["A"] }] } }))).toBeUndefined();
  expect(literalsOfRule(JSON.stringify({ source: ["aws.s"] }))).toBeUndefined();
});

test("searches for the longer end of a rule's wildcard, and for nothing where '*' stands for itself", () => {
  const namePieces = (...eventName: object[]) =>
    literalsOfRule(JSON.stringify({ detail: { eventName } }))?.namePieces.map(({ text, starts, ends }) => [
      ...[text, starts, ends],
    ]);
  expect(
    namePieces({ wildcard: "Put*Policy" }, { wildcard: "Delete*Log*" }, { prefix: "Up" }, { suffix: "Set" }),
  ).toEqual([
    ["Policy", false, true],
    ["Delete", true, false],
    ["Up", true, false],
    ["Set", false, true],
  ]);
  for (const test of [{ wildcard: "Put\\*" }, { wildcard: "*a*" }, { prefix: "a*" }, { suffix: "*a" }]) {
    expect(namePieces(test)).toBeUndefined();
  }
});

test("leaves out nothing that a rule's texts match, with asterisks and backslashes", () => {
  const text = fc.string({ unit: fc.constantFrom("A", "b", "*", "\\"), maxLength: 4 });
  const test = fc.oneof(
    text,
    fc
      .constantFrom("prefix", "suffix", "wildcard")
      .chain((operator) => text.map((operand) => ({ [operator]: operand }))),
  );
  fc.assert(
    fc.property(fc.constantFrom("eventName", "errorCode"), test, text, (field, wanted, value) => {
      const pattern = { detail: { [field]: [wanted] } };
      const record = { ...PLAIN, [field]: value };
      let matches = false;
      try {
        matches = compileEventPattern(pattern).matches({ detail: record });
      } catch (error) {
        // Such as two asterisks beside each other.
        expect(error).toBeInstanceOf(EventPatternError);
      }
      if (!matches) return;
      const prefilter = new RecordPrefilter([literalsOfRule(JSON.stringify(pattern))]);
      expect(mayMeet(prefilter, JSON.stringify(record))).toBe(true);
      expect(mayMeetInFile(prefilter, JSON.stringify(record))).toBe(true);
    }),
  );
});
