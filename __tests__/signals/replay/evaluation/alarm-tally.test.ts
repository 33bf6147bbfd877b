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

function changesOf(transitions: ReturnType<AlarmTally["transitions"]>) {
  return transitions.map(({ at, from, to }) => ({ at, from, to }));
}
