import type { TunedAlarm } from "../../../signals/tuning/alarm-records";
import { noLongerRaised } from "../../../signals/tuning/no-longer-raised";
import { cautionFor } from "../../../signals/tuning/reason";

const alarm = (from: number, to: number): TunedAlarm => ({
  ...{ at: from * 60_000, until: to * 60_000, events: 1 },
  ...{ eventIds: [], principals: [], records: [] },
});
/** Minutes of those lost, with that of the longer alarm. */
const lost = (alarms: readonly TunedAlarm[], then: readonly (readonly [number, number])[], countsFor = 5) =>
  noLongerRaised(
    alarms,
    then.map(([from, to]) => ({ from, to })),
    countsFor,
  ).map(({ at, partOf }) => [at / 60_000, partOf === undefined ? undefined : partOf / 60_000]);

test("lists the alarms that no other one stands for", () => {
  const now = [alarm(10, 15), alarm(100, 105), alarm(200, 205)];
  expect(lost(now, [])).toEqual([
    [10, undefined],
    [100, undefined],
    [200, undefined],
  ]);
  expect(lost(now, [[100, 105]])).toEqual([
    [10, undefined],
    [200, undefined],
  ]);
  expect(
    lost(now, [
      [10, 12],
      [101, 105],
      [200, 300],
    ]),
  ).toEqual([]);
  expect(lost([], [[1, 2]])).toEqual([]);
});

test("an alarm that is raised later stands for it while its events count, or until it ends", () => {
  expect(lost([alarm(10, 12)], [[14, 20]])).toEqual([]);
  expect(lost([alarm(10, 12)], [[15, 20]])).toEqual([[10, undefined]]);
  expect(lost([alarm(10, 40)], [[39, 50]])).toEqual([]);
  expect(lost([alarm(10, 40)], [[40, 50]])).toEqual([[10, undefined]]);
  expect(lost([alarm(10, 12)], [[5, 10]])).toEqual([[10, undefined]]);
  expect(lost([alarm(10, 12)], [[5, 11]])).toEqual([]);
});

test("a longer alarm stands for one: the others are part of it", () => {
  const now = [alarm(10, 15), alarm(30, 35), alarm(50, 55)];
  expect(lost(now, [[10, 80]], 60)).toEqual([
    [30, 10],
    [50, 10],
  ]);
  // The third has one of its own.
  expect(
    lost(now, [
      [10, 45],
      [52, 80],
    ]),
  ).toEqual([[30, 10]]);
});

test("a raised threshold of 1 or of a standard needs a word", () => {
  const setting = (threshold: number, periodSeconds = 300) => ({ threshold, periodSeconds });
  expect(cautionFor(setting(1), setting(2), false)).toBe(
    "one event raises the alarm now: with 2, fewer events in 300 s raise none",
  );
  expect(cautionFor(setting(3), setting(5), true)).toBe(
    "the detection is verbatim from the CIS benchmark, and 3 events in 300 s raise the alarm now: with 5, fewer events in 300 s raise none",
  );
  expect(cautionFor(setting(2), setting(5), false)).toBeUndefined();
  expect(cautionFor(setting(1), setting(1, 3600), true)).toBeUndefined();
  expect(cautionFor(setting(1), setting(1, 60), true)).toBeUndefined();
  expect(cautionFor(setting(1), undefined, true)).toBeUndefined();
  // A shorter period asks for more, too.
  expect(cautionFor(setting(3), setting(2, 60), true)).toMatch(/with 2, fewer events in 60 s raise none$/);
  expect(cautionFor(setting(3), setting(3, 600), true)).toBeUndefined();
});
