import { readDeployment, DeploymentError } from "../../../signals/deployment/read-deployment";
import { unevaluatedAlarms } from "../../../signals/replay/evaluation/unevaluated-alarms";
import { ACCOUNT, folderOf, provider, stackWith, trail } from "./terraform-folder";

test("finds an account's signal path, references resolved", () => {
  const { accounts, warnings } = readDeployment(folderOf({ "stacks/a/cdk.tf.json": stackWith(trail()) }));
  expect(warnings).toEqual([]);
  expect(accounts).toMatchObject([
    {
      id: ACCOUNT,
      name: "workloads",
      logGroups: ["/events"],
      trails: [{ name: "trail", isOrganizationTrail: false, isLogging: true, logGroup: "/events" }],
      filters: [{ logGroup: "/events", transformation: { metricName: "key-disabled" } }],
      alarms: [{ threshold: 2, alarmActions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:alerts`] }],
      subscriptions: [{ topicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:alerts`, endpoint: "security@example.com" }],
    },
  ]);
});

test("finds the rules of each region and where their events go", () => {
  const bus = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`;
  const rules = {
    aws_cloudwatch_event_rule: {
      home: { name: "trailwatch", event_pattern: "{}", state: "ENABLED" },
      far: { name: "trailwatch", event_pattern: "{}", is_enabled: false, provider: "aws.us-east-1" },
      nightly: { name: "nightly", schedule_expression: "rate(1 day)" },
    },
    aws_cloudwatch_event_target: {
      home: { rule: "${aws_cloudwatch_event_rule.home.name}", arn: "${aws_cloudwatch_log_group.group.arn}" },
      far: { rule: "${aws_cloudwatch_event_rule.far.name}", arn: bus, provider: "aws.us-east-1" },
    },
  };
  const providers = [provider(), provider({ alias: "us-east-1", region: "us-east-1" })];
  const [account] = readDeployment(folderOf({ "main.tf.json": stackWith(rules, providers) })).accounts;
  expect(account?.rules).toEqual([
    {
      name: "trailwatch",
      region: "eu-west-1",
      pattern: "{}",
      state: "ENABLED",
      logGroups: ["/events"],
      forwardsTo: [],
    },
    {
      name: "trailwatch",
      region: "us-east-1",
      pattern: "{}",
      state: "DISABLED",
      logGroups: [],
      forwardsTo: ["eu-west-1"],
    },
  ]);
});

test("reads the stacks of a manifest and no others, and puts those of an account together", () => {
  const [account, another] = readDeployment(
    folderOf({
      "manifest.json": {
        stacks: { b: { synthesizedStackPath: "stacks/b.tf.json" }, a: { synthesizedStackPath: "stacks/a.tf.json" } },
      },
      "stacks/a.tf.json": stackWith(),
      "stacks/b.tf.json": { provider: { aws: [provider()] }, resource: trail({ cloud_watch_logs_group_arn: null }) },
      "stacks/old.tf.json": stackWith({}, [provider({ allowed_account_ids: ["999999999999"] })]),
    }),
  ).accounts;
  expect(another).toBeUndefined();
  expect(account).toMatchObject({ name: "workloads", trails: [{ logGroup: undefined }], alarms: [{}] });
});

describe("names what it cannot know", () => {
  test("a reference that leads out of the stack", () => {
    const elsewhere = {
      mail: { topic_arn: "${data.aws_sns_topic.x.arn}", protocol: "email", endpoint: "a@example.com" },
    };
    const { accounts, warnings } = readDeployment(
      folderOf({ "main.tf.json": stackWith({ aws_sns_topic_subscription: elsewhere }) }),
    );
    expect(accounts[0]?.subscriptions).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/subscription\.mail: 'topic_arn' is not known .*data\.aws_sns/)]);
  });

  test("a stack without an account", () => {
    const { accounts, warnings } = readDeployment(
      folderOf({ "main.tf.json": stackWith({}, [{ region: "eu-west-1" }]) }),
    );
    expect(accounts).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("must name one account in 'allowed_account_ids'")]);
  });

  test("an alarm on a percentile", () => {
    const { warnings } = readDeployment(
      folderOf({
        "main.tf.json": stackWith({
          aws_cloudwatch_metric_alarm: {
            alarm: { alarm_name: "a", metric_name: "m", namespace: "n", extended_statistic: "p99" },
          },
        }),
      }),
    );
    expect(warnings).toEqual([expect.stringContaining("only static thresholds on")]);
  });
});

test.each([
  ["there is no such path: run 'npx cdktf synth'", "/no/such/folder"],
  ["holds none", folderOf({ "notes.txt": "" })],
  ["must be JSON", folderOf({ "main.tf.json": "{" })],
  ["must hold a JSON object", folderOf({ "main.tf.json": "[]" })],
])("refuses a folder: %s", (message, folder) => {
  expect(() => readDeployment(folder)).toThrow(DeploymentError);
  expect(() => readDeployment(folder)).toThrow(message);
});

test("reads whether a composite alarm's actions are enabled", () => {
  const composite = (name: string, changes: object) => ({
    [name]: { alarm_name: name, alarm_rule: 'ALARM("trailwatch-workloads-key-disabled")', ...changes },
  });
  const resources = {
    aws_cloudwatch_composite_alarm: { ...composite("on", {}), ...composite("off", { actions_enabled: false }) },
  };
  const [account] = readDeployment(folderOf({ "main.tf.json": stackWith(resources) })).accounts;
  expect(account?.compositeAlarms).toMatchObject([
    { name: "on", actionsEnabled: true },
    { name: "off", actionsEnabled: false },
  ]);
});

describe("what CloudWatch would refuse is rejected, with file and resource", () => {
  const ALARM = {
    ...{ alarm_name: "a", namespace: "Trailwatch", metric_name: "key-disabled", statistic: "Sum" },
    ...{ period: 60, evaluation_periods: 1, threshold: 1, comparison_operator: "GreaterThanThreshold" },
  };
  const read = (resources: object) => readDeployment(folderOf({ "stacks/a/cdk.tf.json": stackWith(resources) }));
  const withAlarm = (changes: object) => read({ aws_cloudwatch_metric_alarm: { one: { ...ALARM, ...changes } } });
  const FILTER = {
    name: "broken",
    log_group_name: "/events",
    metric_transformation: { name: "m", namespace: "n", value: "1" },
  };
  const withFilter = (changes: object) => read({ aws_cloudwatch_log_metric_filter: { f: { ...FILTER, ...changes } } });

  test.each([
    ["a day of minutes", { evaluation_periods: 1440 }],
    ["half hours of a day", { period: 1800, evaluation_periods: 48 }],
    ["hours of a week", { period: 3600, evaluation_periods: 168 }],
    ["in quotes", { period: "300", evaluation_periods: "2", datapoints_to_alarm: "2" }],
    ["ten seconds", { period: 10 }],
  ])("but not %s", (_what, changes) => {
    expect(withAlarm(changes).accounts[0]?.alarms).toHaveLength(1);
  });

  test.each([
    ["no end of periods", { evaluation_periods: 1e9 }, "at most 86400 seconds, got '60000000000'"],
    ["a minute more than a day", { evaluation_periods: 1441 }, "at most 86400 seconds, got '86460'"],
    ["an hour more than a week", { period: 3600, evaluation_periods: 169 }, "at most 604800 seconds"],
    ["no period", { evaluation_periods: 0 }, "'evaluation_periods' must be a whole number from 1, got '0'"],
    ["half a period", { evaluation_periods: 1.5 }, "'evaluation_periods' must be a whole number from 1, got '1.5'"],
    [
      "too many data points",
      { datapoints_to_alarm: 2 },
      "'datapoints_to_alarm' must be from 1 to 'evaluation_periods' (1)",
    ],
    ["no data point", { datapoints_to_alarm: 0 }, "'datapoints_to_alarm' must be from 1"],
    ["a period that there is not", { period: 61 }, "'period' must be 10, 20, 30 or a multiple of 60, got '61'"],
    ["a threshold without end", { threshold: "1e999" }, "'threshold' must be a number, got 'Infinity'"],
  ])("%s", (_what, changes, rule) => {
    const read = () => withAlarm(changes);
    expect(read).toThrow(DeploymentError);
    expect(read).toThrow(rule);
    expect(read).toThrow(/\(at .*stacks\/a\/cdk\.tf\.json: aws_cloudwatch_metric_alarm\.one\)$/);
  });

  test("an anomaly alarm's numbers too", () => {
    const metric = { namespace: "n", metric_name: "m", stat: "Sum", period: 61 };
    const alarm = {
      alarm_name: "a",
      evaluation_periods: 1,
      threshold_metric_id: "b",
      metric_query: [{ id: "m", metric }],
    };
    expect(() => read({ aws_cloudwatch_metric_alarm: { one: alarm } })).toThrow("'period' must be 10, 20, 30");
  });

  test.each([
    ["a pattern", { pattern: "{ $.eventName = }" }],
    ["a pattern that is too long", { pattern: "x".repeat(1025) }],
    ["a metric's value", { pattern: "x", metric_transformation: { name: "m", namespace: "n", value: "$.a[" } }],
  ])("%s of a filter", (_what, changes) => {
    expect(() => withFilter({ pattern: "x".repeat(1024) })).not.toThrow();
    expect(() => withFilter(changes)).toThrow(
      /^metric filter 'broken' must be one that CloudWatch takes: .+ \(at .*cdk\.tf\.json: aws_cloudwatch_log_metric_filter\.f\)$/,
    );
  });

  test("all at once", () => {
    const resources = {
      aws_cloudwatch_log_metric_filter: { f: { ...FILTER, pattern: "{" } },
      aws_cloudwatch_metric_alarm: { one: { ...ALARM, period: 1 }, two: { ...ALARM, period: 2 } },
    };
    expect(() => read(resources)).toThrow(/^metric filter .*\n'period' .*alarm\.one\)\n'period' .*alarm\.two\)$/);
  });
});

test("finds alarms by anomaly detection, which cannot be evaluated offline", () => {
  const metric = { namespace: "Trailwatch", metric_name: "key-disabled", stat: "Sum", period: 300 };
  const resources = {
    ...trail(),
    aws_cloudwatch_metric_alarm: {
      alarm: {
        alarm_name: "unusual",
        evaluation_periods: 1,
        comparison_operator: "GreaterThanUpperThreshold",
        threshold_metric_id: "usual",
        metric_query: [
          { id: "usual", expression: "ANOMALY_DETECTION_BAND(m, 2)" },
          { id: "m", metric },
        ],
      },
    },
  };
  const deployment = readDeployment(folderOf({ "main.tf.json": stackWith(resources) }));
  const unusual = { name: "unusual", namespace: "Trailwatch", metricName: "key-disabled" };
  expect(deployment).toMatchObject({ warnings: [], accounts: [{ alarms: [], anomalyAlarms: [unusual] }] });
  expect(unevaluatedAlarms(deployment)).toEqual([
    { account: "workloads", metric: "anomaly-detection", alarms: ["unusual"] },
  ]);
});

describe("alarms on the lowest value of several metrics", () => {
  const query = (metric_name: string, changes: object = {}) => ({
    id: metric_name,
    metric: { namespace: "Trailwatch", metric_name, stat: "Minimum", period: 300, ...changes },
  });
  const lowest = { id: "lowest", expression: "MIN(FILL(METRICS(), 1))", return_data: true };
  const resources = (metric_query: readonly object[], changes: object = {}) => ({
    ...trail(),
    aws_cloudwatch_metric_alarm: {
      alarm: {
        alarm_name: "forged",
        metric_query,
        threshold: 1,
        evaluation_periods: 12,
        datapoints_to_alarm: 1,
        comparison_operator: "LessThanThreshold",
        treat_missing_data: "notBreaching",
        ...changes,
      },
    },
  });
  const read = (metric_query: readonly object[], changes: object = {}) =>
    readDeployment(folderOf({ "main.tf.json": stackWith(resources(metric_query, changes)) }));

  test("are found, and no record can raise them", () => {
    const deployment = read([query("one"), query("two"), lowest]);
    const metrics = ["one", "two"].map((metricName) => ({ namespace: "Trailwatch", metricName }));
    const forged = { name: "forged", metrics, statistic: "Minimum", threshold: 1, datapointsToAlarm: 1 };
    expect(deployment).toMatchObject({ warnings: [], accounts: [{ alarms: [], lowestValueAlarms: [forged] }] });
    expect(unevaluatedAlarms(deployment)).toEqual([
      { account: "workloads", metric: "forged-values", alarms: ["forged"] },
    ]);
  });

  test.each([
    ["another expression", [query("one"), { ...lowest, expression: "SUM(METRICS())" }], {}],
    ["another statistic", [query("one", { stat: "Average" }), lowest], {}],
    ["two periods", [query("one"), query("two", { period: 60 }), lowest], {}],
    ["dimensions", [query("one", { dimensions: { Region: "eu-west-1" } }), lowest], {}],
    ["two results", [query("one"), lowest, { ...lowest, id: "again" }], {}],
    ["a missing value that breaches", [query("one"), lowest], { threshold: 2 }],
  ])("other metric math is named and left out: %s", (_what, queries, changes) => {
    const { accounts, warnings } = read(queries, changes);
    expect(accounts).toMatchObject([{ alarms: [], lowestValueAlarms: [] }]);
    expect(warnings).toEqual([expect.stringMatching(/: of metric math, only .* is evaluated; left out$/)]);
  });

  test("numbers that CloudWatch would refuse are refused", () => {
    expect(() => read([query("one"), lowest], { datapoints_to_alarm: 13 })).toThrow(/'datapoints_to_alarm' must be/);
  });
});
