import fc from "fast-check";
import { evaluateTimeline } from "../../../signals/alarms/timeline";
import { alarmLevels, type AlarmWindow } from "../../../signals/tuning/alarm-levels";
import { alarmSpans, type AlarmSpan } from "../../../signals/tuning/alarm-spans";
import { metricMinutes } from "../../../signals/tuning/metric-minutes";

const MINUTE = 60_000;

interface Data {
  readonly groups: readonly { minute: number; sum: number }[];
  readonly zeros: readonly number[];
}

/** What the evaluator of alarms makes of the same values. */
function evaluated({ groups, zeros }: Data, window: AlarmWindow, threshold: number): AlarmSpan[] {
  const changes = evaluateTimeline({
    alarm: {
      ...window,
      threshold,
      statistic: "Sum",
      comparison: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    },
    data: [
      ...groups.map(({ minute, sum }) => ({ timestamp: minute * MINUTE, value: sum })),
      ...zeros.map((minute) => ({ timestamp: minute * MINUTE, value: 0 })),
    ],
    initialState: "OK",
  });
  return changes.flatMap(({ to, at }, number) =>
    to === "ALARM" ? [{ from: at / MINUTE, to: (changes[number + 1]?.at ?? NaN) / MINUTE }] : [],
  );
}

function spans({ groups, zeros }: Data, window: AlarmWindow, threshold: number): AlarmSpan[] {
  const byMinute = groups.toSorted((one, other) => one.minute - other.minute);
  return alarmSpans(alarmLevels(metricMinutes(byMinute, Int32Array.from(zeros).sort()), window), threshold);
}

const minute = (longest: number) => fc.nat(longest).map((after) => 30_000_000 + after);
const data = (longest: number): fc.Arbitrary<Data> =>
  fc.record({
    groups: fc.array(fc.record({ minute: minute(longest), sum: fc.integer({ min: 1, max: 5 }) }), { maxLength: 25 }),
    zeros: fc.oneof(fc.constant([]), fc.uniqueArray(minute(longest), { maxLength: 60 })),
  });
const windows = fc
  .record({ period: fc.constantFrom(1, 2, 5, 15), evaluationPeriods: fc.integer({ min: 1, max: 4 }), fewer: fc.nat(3) })
  .map(({ period, evaluationPeriods, fewer }) => ({
    periodSeconds: period * 60,
    evaluationPeriods,
    datapointsToAlarm: Math.max(1, evaluationPeriods - fewer),
  }));

test("is in ALARM when the evaluator is, whatever the values, the periods and the threshold", () => {
  fc.assert(
    fc.property(data(120), windows, fc.integer({ min: 1, max: 12 }), (values, window, threshold) => {
      expect(spans(values, window, threshold)).toEqual(evaluated(values, window, threshold));
    }),
    { numRuns: Number(process.env["RUNS"] ?? 100) },
  );
});

test("and where evaluations come by the hour", () => {
  const window = { periodSeconds: 86_400, evaluationPeriods: 2, datapointsToAlarm: 1 };
  fc.assert(
    fc.property(data(5000), fc.integer({ min: 1, max: 12 }), (values, threshold) => {
      expect(spans(values, window, threshold)).toEqual(evaluated(values, window, threshold));
    }),
    { numRuns: Number(process.env["RUNS"] ?? 3) },
  );
});

test("a burst is one alarm, from the minute that reaches the threshold until newer values decide", () => {
  const groups = [10, 11, 12].map((at) => ({ minute: at, sum: 4 }));
  const window = { periodSeconds: 300, evaluationPeriods: 1 };
  expect(spans({ groups, zeros: [] }, window, 8)).toEqual([{ from: 12, to: 17 }]);
  expect(spans({ groups, zeros: [] }, window, 12)).toHaveLength(1);
  expect(spans({ groups, zeros: [] }, window, 13)).toEqual([]);
});
