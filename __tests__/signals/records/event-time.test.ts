import { parseTime, timeAt } from "../../../signals/records/event-time";

test.each([
  "2026-01-15T09:30:00Z",
  "2026-01-15T09:59:59Z",
  "2026-01-15T10:00:00Z",
  "2024-02-29T23:00:00Z",
  "2026-01-15T09:60:00Z",
  "2026-01-15T09:00:60Z",
  "2026-13-15T09:00:00Z",
  "2026-01-15T25:00:00Z",
  "2026-01-15T09:30:00.250Z",
  "2026-01-15T09:30:00+01:00",
  "yesterday",
  "",
])("%j is the time that JavaScript takes it for", (text) => {
  const bytes = Buffer.from(`"${text}"`);
  // Twice, as the hour of the record before is remembered.
  for (let time = 0; time < 2; time += 1) expect(timeAt(bytes, 1, bytes.length - 1)).toBe(Date.parse(text));
});

test.each(["2026-01-15 09:30:00", "2026-01-15T09:30:00"])(
  "%j is in UTC on any machine, as no zone is given",
  (text) => {
    expect(timeAt(Buffer.from(text), 0, text.length)).toBe(Date.parse("2026-01-15T09:30:00Z"));
    expect(parseTime(`${text}.250`)).toBe(Date.parse("2026-01-15T09:30:00.250Z"));
  },
);

test.each(["2026-01-15", "2026", "15", "Jan 15, 2026 09:30", "2026-01-15 noon"])("%j is no time", (text) => {
  expect(timeAt(Buffer.from(text), 0, text.length)).toBeNaN();
});
