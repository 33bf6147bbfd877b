import fc from "fast-check";
import {
  alarmDescription,
  headlineOf,
  MAX_DESCRIPTION,
  TOPIC_KINDS,
  topicKindOf,
} from "../../../lib/naming/alarm-description";
import { SEVERITIES } from "../../../lib/naming/severity";
import { anyCharacter } from "../../support/any-character";

const severities = fc.constantFrom(...SEVERITIES);
const kinds = fc.constantFrom(...TOPIC_KINDS);

/** Titles of users: any characters, among them line ends, brackets and the marker itself. */
const titles = fc
  .array(
    fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 20 }),
      fc.constantFrom("\n", "\r\n", "\u2028", "(", ")", " (low notice)", " (critical alert)", " notice)", "${x}", "😀"),
      fc.constant("long ".repeat(300)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

test("whatever a title holds, severity and topic are read as they were written", () => {
  fc.assert(
    fc.property(titles, severities, kinds, fc.array(titles, { maxLength: 4 }), (title, severity, kind, lines) => {
      const text = alarmDescription({ title, severity, kind }, lines, lines);
      expect(text.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
      expect(headlineOf(text)).toMatchObject({ severity, kind });
      expect(topicKindOf(text)).toBe(kind);
    }),
  );
});

test("a title of one line is read as it was written", () => {
  const title = "Legal hold (final notice) removed";
  const text = alarmDescription({ title, severity: "critical", kind: "alert" }, ["What it means.", "More."]);
  expect(text).toBe("Legal hold (final notice) removed (critical alert)\nWhat it means.\nMore.");
  expect(headlineOf(text)).toEqual({ title, severity: "critical", kind: "alert" });
});

test.each([
  ["no description", undefined],
  ["an empty one", ""],
  ["a marker that does not end the first line", "Root used (high notice) again"],
  ["a marker in the second line only", "Root used\nbefore (high notice)"],
  ["an unknown severity", "Root used (severe notice)"],
  ["an unknown kind", "Root used (high letter)"],
])("%s has no headline, and is an alert", (_what, description) => {
  expect(headlineOf(description)).toBeUndefined();
  expect(topicKindOf(description)).toBe("alert");
});

test("a description fills its 1,024 characters; what exceeds them is cut from the end", () => {
  const headline = { title: "t", severity: "low", kind: "notice" } as const;
  const room = MAX_DESCRIPTION - "t (low notice)\n".length;
  expect(alarmDescription(headline, ["x".repeat(room)])).toHaveLength(1024);
  expect(alarmDescription(headline, ["x".repeat(room + 1)])).toBe(`t (low notice)\n${"x".repeat(room)}`);
  // The last line is taken as a whole or not at all.
  expect(alarmDescription(headline, [], ["y".repeat(room + 1), "z".repeat(room)])).toMatch(/\nz{1009}$/);
  expect(alarmDescription(headline, [], ["y".repeat(room + 1)])).toBe("t (low notice)");
});

test("a title that is cut is not cut within a character", () => {
  const text = alarmDescription({ title: `${"x".repeat(255)}😀`, severity: "low", kind: "alert" }, []);
  expect(text).toBe(`${"x".repeat(255)} (low alert)`);
});
