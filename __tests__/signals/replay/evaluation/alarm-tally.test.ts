import * as fc from "fast-check";
import { evaluateTimeline } from "../../../../signals";
import type { DeployedAlarm } from "../../../../signals";
import { MinuteSet } from "../../../../signals/metrics/minute-set";
import { AlarmTally } from "../../../../signals/replay/evaluation/alarm-tally";

const MINUTE = 60_000;

const alarm: fc.Arbitrary<DeployedAlarm> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom(60, 120, 300),
    fc.constantFrom("GreaterThanThreshold", "LessThanThreshold"),
  )
  .map(([evaluationPeriods, periodSeconds, comparison]) => ({
    ...{ name: "alarm", namespace: "Trailwatch", metricName: "detection", statistic: "Sum", threshold: 0.5 },
    ...{ evaluationPeriods, periodSeconds, comparison, treatMissingData: "notBreaching" },
  }));
const minutes = fc.array(fc.nat(60));

it("changes as if a zero in every minute with records were a value", () => {
  fc.assert(
    fc.property(alarm, minutes, minutes, (watched, matches, others) => {
      const tally = new AlarmTally(watched);
      const seen = new MinuteSet();
      tally.addZeros(seen);
      const data = matches.map((minute) => ({ timestamp: minute * MINUTE, value: 1 }));
      data.forEach((datum) => {
        tally.add(datum);
      });
      [...matches, ...others].forEach((minute) => {
        seen.add(minute * MINUTE);
      });
      const zeros = others.map((minute) => ({ timestamp: minute * MINUTE, value: 0 }));
      const all = evaluateTimeline({ alarm: watched, data: [...data, ...zeros], initialState: "OK" });
      expect(changesOf(tally.transitions())).toEqual(changesOf(all));
    }),
  );
});

it.each(["Sum", "Maximum", "Average"] as const)(
  "takes a %s of ten seconds at any time, and zeros beside it",
  (statistic) => {
    const watched: DeployedAlarm = {
      ...{
        name: "alarm",
        namespace: "Trailwatch",
        metricName: "detection",
        comparison: "GreaterThanOrEqualToThreshold",
      },
      ...{ statistic, threshold: 1, periodSeconds: 10, evaluationPeriods: 1, treatMissingData: "notBreaching" },
    };
    for (const start of ["2026-01-15T09:30:00Z", "9999-12-31T09:30:00Z"].map(Date.parse)) {
      const tally = new AlarmTally(watched);
      const seen = new MinuteSet();
      tally.addZeros(seen);
      for (const minute of [0, 1, 2, 7]) seen.add(start + minute * MINUTE);
      const data = [0, 5_000, MINUTE, 2 * MINUTE + 10_000].map((after) => ({ timestamp: start + after, value: 1 }));
      for (const datum of data) tally.add(datum);
      const zeros = [2, 7].map((minute) => ({ timestamp: start + minute * MINUTE, value: 0 }));
      const withZeros =
        statistic === "Average" ? [0, 1].map((minute) => ({ timestamp: start + minute * MINUTE, value: 0 })) : [];
      const all = evaluateTimeline({ alarm: watched, data: [...data, ...zeros, ...withZeros], initialState: "OK" });
      expect(all.length).toBeGreaterThan(0);
      expect(changesOf(tally.transitions())).toEqual(changesOf(all));
    }
  },
);

function changesOf(transitions: ReturnType<AlarmTally["transitions"]>) {
  return transitions.map(({ at, from, to }) => ({ at, from, to }));
}
