import { readDeployment, DeploymentError } from "../../../signals/deployment/read-deployment";
import { unjudgedAlarms } from "../../../signals/replay/unjudged-alarms";
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
  ["there is no such path", "/no/such/folder"],
  ["holds none", folderOf({ "notes.txt": "" })],
  ["must be JSON", folderOf({ "main.tf.json": "{" })],
  ["must hold a JSON object", folderOf({ "main.tf.json": "[]" })],
])("refuses a folder: %s", (message, folder) => {
  expect(() => readDeployment(folder)).toThrow(DeploymentError);
  expect(() => readDeployment(folder)).toThrow(message);
});

test("finds alarms by anomaly detection, which nobody can judge offline", () => {
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
  expect(unjudgedAlarms(deployment)).toEqual([
    { account: "workloads", metric: "anomaly-detection", alarms: ["unusual"] },
  ]);
});
