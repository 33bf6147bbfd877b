import { TerraformOutput } from "cdktf";
import { DetectionAlarm, type DetectionAlarmProps } from "../../../modules/detection-alarm/detection-alarm";
import { countsOf, resourceOf, resourcesOf, synthModule } from "../../support/synth";

const PROPS: DetectionAlarmProps = {
  accountName: "workloads",
  detection: "root-sign-in",
  description: "Root signed in.",
  logGroupName: "/trailwatch/example",
  filterPatterns: ['{ $.userIdentity.type = "Root" }'],
  threshold: 3,
  periodSeconds: 300,
  evaluationPeriods: 2,
  query: "fields eventName",
  topicArn: "arn:aws:sns:eu-west-1:111111111111:alerts",
};

const synth = (changes: Partial<DetectionAlarmProps> = {}) =>
  synthModule((scope) => {
    new DetectionAlarm(scope, "detection", { ...PROPS, ...changes });
  });

const patterns = (count: number, length = 10) => Array.from({ length: count }, () => "x".repeat(length));

test("each event that matches counts as one", () => {
  expect(resourceOf(synth(), "aws_cloudwatch_log_metric_filter")).toEqual({
    name: "trailwatch-root-sign-in",
    log_group_name: "/trailwatch/example",
    pattern: '{ $.userIdentity.type = "Root" }',
    metric_transformation: { namespace: "Trailwatch", name: "root-sign-in", value: "1" },
  });
});

describe("for compliance checkers", () => {
  const stack = synth({ asCheckersExpect: true, detection: "cis-4-10", filterPatterns: ["a", "b"] });

  test("filter and metric have the same name, in their own namespace, and the default value is 0", () => {
    const transformation = { namespace: "LogMetrics", name: "cis-4-10", value: "1", default_value: "0" };
    const filters = { log_group_name: "/trailwatch/example", metric_transformation: transformation };
    expect(countsOf(stack)).toMatchObject({ aws_cloudwatch_log_metric_filter: 2 });
    expect(resourceOf(stack, "aws_cloudwatch_log_metric_filter", { name: "cis-4-10" })).toEqual({
      ...filters,
      name: "cis-4-10",
      pattern: "a",
    });
    expect(resourceOf(stack, "aws_cloudwatch_log_metric_filter", { name: "cis-4-10-2" })).toEqual({
      ...filters,
      name: "cis-4-10-2",
      pattern: "b",
    });
  });

  test("the alarm is on that metric and follows the naming scheme", () => {
    expect(resourceOf(stack, "aws_cloudwatch_metric_alarm")).toMatchObject({
      alarm_name: "trailwatch-workloads-cis-4-10",
      namespace: "LogMetrics",
      metric_name: "cis-4-10",
    });
  });

  test("is disabled by false", () => {
    expect(synth({ asCheckersExpect: false })).toEqual(synth());
  });
});

test("the query is saved under account and detection, for the log group of the filters", () => {
  expect(resourceOf(synth(), "aws_cloudwatch_query_definition")).toEqual({
    name: "trailwatch/workloads/root-sign-in",
    log_group_names: ["/trailwatch/example"],
    query_string: "fields eventName",
  });
});

test("the alarm's name is available to other constructs", () => {
  const stack = synthModule((scope) => {
    const alarm = new DetectionAlarm(scope, "detection", { ...PROPS, accountName: "payments" });
    new TerraformOutput(scope, "name", { value: alarm.alarmName });
  });
  expect(stack.output?.name?.value).toBe("trailwatch-payments-root-sign-in");
  expect(resourceOf(stack, "aws_cloudwatch_metric_alarm").alarm_name).toBe("trailwatch-payments-root-sign-in");
});

test("the alarm fires when each of the periods has as many events as the threshold", () => {
  expect(resourceOf(synth(), "aws_cloudwatch_metric_alarm")).toEqual({
    alarm_name: "trailwatch-workloads-root-sign-in",
    alarm_description: "Root signed in.",
    namespace: "Trailwatch",
    metric_name: "root-sign-in",
    statistic: "Sum",
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 3,
    period: 300,
    evaluation_periods: 2,
    treat_missing_data: "notBreaching",
    actions_enabled: true,
    alarm_actions: ["arn:aws:sns:eu-west-1:111111111111:alerts"],
  });
});

test("an alarm on missing events fires when there are too few events or none", () => {
  expect(resourceOf(synth({ alarmWhen: "missed", threshold: 1 }), "aws_cloudwatch_metric_alarm")).toMatchObject({
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
  });
});

test("only the recovery of an alarm on missing events notifies its topics", () => {
  const furtherTopicArns = ["arn:aws:sns:eu-west-1:111111111111:witness"];
  const missed = resourceOf(
    synth({ alarmWhen: "missed", threshold: 1, furtherTopicArns }),
    "aws_cloudwatch_metric_alarm",
  );
  expect(missed["ok_actions"]).toEqual(["arn:aws:sns:eu-west-1:111111111111:alerts", ...furtherTopicArns]);
  expect(resourceOf(synth(), "aws_cloudwatch_metric_alarm")["ok_actions"]).toBeUndefined();
});

test("an anomaly detection alarm has no threshold", () => {
  expect(resourceOf(synth({ anomalyBandWidth: 2.5 }), "aws_cloudwatch_metric_alarm")).toEqual({
    alarm_name: "trailwatch-workloads-root-sign-in",
    alarm_description: "Root signed in.",
    metric_query: [
      {
        id: "events",
        metric: { namespace: "Trailwatch", metric_name: "root-sign-in", stat: "Sum", period: 300 },
        return_data: true,
      },
      {
        id: "usual",
        expression: "ANOMALY_DETECTION_BAND(events, 2.5)",
        label: "What is usual",
        return_data: true,
      },
    ],
    threshold_metric_id: "usual",
    comparison_operator: "GreaterThanUpperThreshold",
    evaluation_periods: 2,
    treat_missing_data: "notBreaching",
    actions_enabled: true,
    alarm_actions: ["arn:aws:sns:eu-west-1:111111111111:alerts"],
  });
});

test("the alarm is on the metric that the filters write", () => {
  const stack = synth({ filterPatterns: ["a", "b"], detection: "other" });
  const { namespace, metric_name: name } = resourceOf(stack, "aws_cloudwatch_metric_alarm");
  for (const filter of resourcesOf(stack, "aws_cloudwatch_log_metric_filter")) {
    expect(filter.metric_transformation).toMatchObject({ namespace, name });
  }
});

test("each further pattern is a filter with its own name", () => {
  const filters = resourcesOf(synth({ filterPatterns: ["a", "b", "c"] }), "aws_cloudwatch_log_metric_filter");
  expect(filters.map(({ name, pattern }) => [name, pattern]).sort()).toEqual([
    ["trailwatch-root-sign-in", "a"],
    ["trailwatch-root-sign-in-2", "b"],
    ["trailwatch-root-sign-in-3", "c"],
  ]);
});

describe("patterns", () => {
  test.each([1, 100])("may be %i", (count) => {
    const stack = synth({ filterPatterns: patterns(count) });
    expect(resourcesOf(stack, "aws_cloudwatch_log_metric_filter")).toHaveLength(count);
  });

  test.each([0, 101])("may not be %i: the alarm would never fire, or the log group would exceed its quota", (count) => {
    expect(() => synth({ filterPatterns: patterns(count) })).toThrow(
      `'filterPatterns' must hold 1 to 100 patterns, as many as a log group takes filters, got '${count}' (at stack/detection)`,
    );
  });

  test("may have 1,024 characters each, and no more", () => {
    expect(() => synth({ filterPatterns: patterns(2, 1024) })).not.toThrow();
    expect(() => synth({ filterPatterns: [...patterns(1, 1024), ...patterns(1, 1025)] })).toThrow(
      "'filterPatterns' must be at most 1024 characters each, got '1025' (at stack/detection)",
    );
  });
});

test("the band of an anomaly alarm has a width above 0", () => {
  expect(() => synth({ anomalyBandWidth: 0.1 })).not.toThrow();
  expect(() => synth({ anomalyBandWidth: 0 })).toThrow(
    "'anomalyBandWidth' must be above 0, got '0' (at stack/detection)",
  );
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({
    aws_cloudwatch_log_metric_filter: 1,
    aws_cloudwatch_metric_alarm: 1,
    aws_cloudwatch_query_definition: 1,
  });
});
