import { lostText } from "../../../../cli/commands/tune/lost-text";
import { plainText } from "../../../../lib/support/print";
import type { DetectionTuning, LostAlarm } from "../../../../signals";

const MINUTE = 60_000;
const START = Date.parse("2026-01-15T09:30:00Z");

const lost = (minute: number, changes: Partial<LostAlarm> = {}): LostAlarm => ({
  at: START + minute * MINUTE,
  until: START + (minute + 5) * MINUTE,
  events: 5,
  eventIds: [],
  principals: ["arn:aws:iam::444455556666:role/Developer"],
  records: [
    { time: START, name: "GetSecretValue", source: "s", region: "eu-west-1", principal: "p" },
    { time: START, name: "GetSecretValue", source: "s", region: "eu-west-1", principal: "p" },
  ],
  ...changes,
});

function textOf(noLongerRaised: readonly LostAlarm[], changes: object = {}): string[] {
  const settings = { now: { threshold: 1 }, recommended: { threshold: 5 } };
  return lostText({ ...settings, noLongerRaised, ...changes } as unknown as DetectionTuning).map(plainText);
}

test("alarms that a proposal gives up are grouped by who called what", () => {
  const other = { principals: ["arn:aws:iam::444455556666:user/bob"] };
  expect(textOf([lost(0), lost(60), lost(90, other), lost(120, { partOf: START })])).toEqual([
    "    gives up     4 alarms of these records:",
    "      2 alarms, the first 2026-01-15T09:30Z: 10 × GetSecretValue by Developer (role)",
    "      2026-01-15T11:00Z: 5 × GetSecretValue by bob (user)",
    "      2026-01-15T11:30Z: 5 × GetSecretValue by Developer (role); part of a longer alarm",
  ]);
});

test("a raised threshold always has the list, and the caution where there is one", () => {
  expect(textOf([], { caution: "one event is enough" })).toEqual([
    "    caution      one event is enough",
    "    gives up     no alarm of these records",
  ]);
  expect(textOf([], { recommended: undefined })).toEqual([]);
});

test("many of them are counted", () => {
  const all = Array.from({ length: 9 }, (_, at) => lost(at * 10, { principals: [`user-${at}`] }));
  expect(textOf(all).at(-1)).toBe("      and 4 alarms more in --json");
});
