import type { LowerableMetric } from "../../../modules/path-alarms/lowerable-metric";
import { MetricsForgedAlarms } from "../../../modules/path-alarms/metrics-forged-alarms";
import { countsOf, resourcesOf, synthModule } from "../../support/synth";

const metric = (metricName: string, changes: Partial<LowerableMetric> = {}): LowerableMetric => ({
  namespace: "Trailwatch",
  metricName,
  lowest: 1,
  evaluatedSeconds: 300,
  ...changes,
});

const synth = (metrics: readonly LowerableMetric[]) =>
  synthModule((scope) => {
    new MetricsForgedAlarms(scope, "forged", {
      alarmName: "trailwatch-one-metrics-forged",
      describe: (some) => some.map(({ metricName }) => metricName).join(),
      metrics,
      topicArn: "arn:aws:sns:eu-west-1:111111111111:trailwatch-alerts",
    });
  });

const alarmsOf = (metrics: readonly LowerableMetric[]) =>
  resourcesOf(synth(metrics), "aws_cloudwatch_metric_alarm").sort((one, other) =>
    String(one.alarm_name).localeCompare(String(other.alarm_name)),
  );

test("an alarm takes ten metrics, and one threshold", () => {
  const reads = Array.from({ length: 11 }, (_, index) => metric(`m${index}`));
  const cis = metric("cis-4-3", { namespace: "LogMetrics", lowest: 0 });
  const alarms = alarmsOf([cis, ...reads]);
  expect(
    alarms.map(({ alarm_name, alarm_description, threshold }) => [alarm_name, alarm_description, threshold]),
  ).toEqual([
    ["trailwatch-one-metrics-forged", "cis-4-3", 0],
    ["trailwatch-one-metrics-forged-2", "m0,m1,m2,m3,m4,m5,m6,m7,m8,m9", 1],
    ["trailwatch-one-metrics-forged-3", "m10", 1],
  ]);
});

test("one value below what a filter publishes is enough", () => {
  expect(alarmsOf([metric("reads")])).toEqual([
    {
      alarm_name: "trailwatch-one-metrics-forged",
      alarm_description: "reads",
      metric_query: [
        {
          id: "m1",
          metric: { namespace: "Trailwatch", metric_name: "reads", stat: "Minimum", period: 300 },
          return_data: false,
        },
        { id: "lowest", expression: "MIN(FILL(METRICS(), 1))", label: "Lowest value", return_data: true },
      ],
      threshold: 1,
      comparison_operator: "LessThanThreshold",
      evaluation_periods: 12,
      datapoints_to_alarm: 1,
      treat_missing_data: "notBreaching",
      actions_enabled: true,
      alarm_actions: ["arn:aws:sns:eu-west-1:111111111111:trailwatch-alerts"],
    },
  ]);
});

test.each([
  [7200, 24],
  [86_400, 288],
  // CloudWatch looks back a day at most with periods of 5 minutes.
  [604_800, 288],
])("looks back as long as the detection: %p s are %p periods", (evaluatedSeconds, periods) => {
  const [alarm] = alarmsOf([metric("reads"), metric("slow", { evaluatedSeconds })]);
  expect(alarm?.evaluation_periods).toBe(periods);
});

test("without metrics there is no alarm", () => {
  expect(countsOf(synth([]))).toEqual({});
});
