import { timeAt } from "../../../signals/records/event-time";

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
  "2026-01-15 09:30:00",
  "2026-01-15",
  "yesterday",
  "",
])("%j is the time that JavaScript takes it for", (text) => {
  const bytes = Buffer.from(`"${text}"`);
  // Twice, as the hour of the record before is remembered.
  for (let time = 0; time < 2; time += 1) expect(timeAt(bytes, 1, bytes.length - 1)).toBe(Date.parse(text));
});
