import * as fc from "fast-check";
import { MetricSeries, type Statistic } from "../../../signals";

const MINUTE = 60_000;
const STATISTICS: readonly Statistic[] = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"];

const minutes = fc.integer({ min: 0, max: 30 });
const data = fc.array(fc.record({ timestamp: fc.nat(30 * MINUTE), value: fc.integer({ min: -5, max: 5 }) }));

it("has the statistics of all values in a time, in whatever order they arrived", () => {
  fc.assert(
    fc.property(data, minutes, minutes, fc.constantFrom(...STATISTICS), (all, from, length, statistic) => {
      const series = new MetricSeries();
      all.forEach((datum) => {
        series.add(datum);
      });
      const [start, end] = [from * MINUTE, (from + length) * MINUTE];
      const values = all.filter(({ timestamp }) => timestamp >= start && timestamp < end).map(({ value }) => value);
      expect(series.statistic(statistic, start, end)).toBe(values.length === 0 ? null : statisticOf(statistic, values));
    }),
  );
});

it("forgets values that have passed, of which there may be thousands, and takes late ones", () => {
  const series = new MetricSeries();
  for (let minute = 0; minute < 2000; minute += 1) {
    series.add({ timestamp: minute * MINUTE, value: 1 });
    series.forgetBefore((minute - 9) * MINUTE);
    expect(series.statistic("Sum", 0, (minute + 1) * MINUTE)).toBe(Math.min(minute + 1, 10));
  }
  series.add({ timestamp: 0, value: 5 });
  expect(series.statistic("Sum", 0, 2000 * MINUTE)).toBe(15);
  series.forgetBefore(2000 * MINUTE);
  expect(series.isEmpty).toBe(true);
});

function statisticOf(statistic: Statistic, values: readonly number[]): number {
  const sum = values.reduce((one, other) => one + other, 0);
  switch (statistic) {
    case "SampleCount":
      return values.length;
    case "Sum":
      return sum;
    case "Average":
      return sum / values.length;
    case "Minimum":
      return Math.min(...values);
    case "Maximum":
      return Math.max(...values);
  }
}
