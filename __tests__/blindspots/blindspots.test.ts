import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBlindspots, type Blindspots } from "../../blindspots/blindspots";
import { readResources } from "../../blindspots/path-resource";
import { readDeployment } from "../../signals";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-blindspots-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

const TOPIC = "arn:aws:sns:eu-west-1:111111111111:trailwatch-alerts";
const PATTERN = JSON.stringify({ source: [{ prefix: "aws." }] });

/** A filter and its alarm: `sees` are the event names that it matches. */
function detection(id: string, sees: readonly string[], topic = "alerts"): Blocks {
  const names = ["X", ...sees].map((name) => `($.detail.eventName = "${name}")`).join(" || ");
  return {
    aws_cloudwatch_log_metric_filter: {
      [id]: {
        name: `trailwatch-${id}`,
        log_group_name: "${aws_cloudwatch_log_group.events.name}",
        pattern: `{ ${names} }`,
        metric_transformation: { name: id, namespace: "Trailwatch", value: "1" },
      },
    },
    aws_cloudwatch_metric_alarm: {
      [id]: {
        alarm_name: `trailwatch-one-${id}`,
        alarm_description: "Title (high alert)",
        namespace: "Trailwatch",
        metric_name: id,
        statistic: "Sum",
        period: 300,
        evaluation_periods: 1,
        threshold: 1,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        treat_missing_data: "notBreaching",
        alarm_actions: [`\${aws_sns_topic.${topic}.arn}`],
      },
    },
  };
}

function topic(id: string): Blocks {
  return {
    aws_sns_topic: { [id]: { name: `trailwatch-${id}`, kms_master_key_id: `\${aws_kms_key.${id}.arn}` } },
    aws_kms_key: { [id]: {} },
    aws_sns_topic_subscription: {
      [id]: { topic_arn: `\${aws_sns_topic.${id}.arn}`, protocol: "email", endpoint: `${id}@example.com` },
    },
  };
}

const FEED: Blocks = {
  aws_cloudwatch_log_group: { events: { name: "/aws/events/trailwatch" } },
  aws_cloudwatch_event_rule: {
    rule: { name: "trailwatch", event_pattern: PATTERN, state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" },
  },
  aws_cloudwatch_event_target: {
    target: {
      rule: "${aws_cloudwatch_event_rule.rule.name}",
      arn: "${aws_cloudwatch_log_group.events.arn}",
      role_arn: "${aws_iam_role.deliver.arn}",
    },
  },
  aws_iam_role: { deliver: { name: "trailwatch-deliver" }, unused: { name: "trailwatch-unused" } },
};

function blindspots(...parts: readonly Blocks[]): Promise<Blindspots> {
  const resource: Blocks = {};
  for (const part of parts) {
    for (const [type, blocks] of Object.entries(part)) resource[type] = { ...resource[type], ...blocks };
  }
  const provider = { aws: [{ region: "eu-west-1", allowed_account_ids: ["111111111111"] }] };
  const file = join(folder, "cdk.tf.json");
  writeFileSync(file, JSON.stringify({ provider, resource }));
  return findBlindspots(readDeployment(file), readResources(file));
}

/** Detections that notify of a call on a resource after the effect. */
function noticed({ calls }: Blindspots, call: string, address: string): string[] {
  const tried = calls.filter((one) => one.call === call && one.address === address);
  expect(tried).not.toEqual([]);
  return [...new Set(tried.flatMap(({ notified }) => notified.map((alarm) => alarm.detection)))];
}

const FILTER = "aws_cloudwatch_log_metric_filter";
const ALARM = "aws_cloudwatch_metric_alarm";

test("a filter does not see its own change, another one does", async () => {
  const one = detection("one", ["PutMetricFilter"]);
  expect(noticed(await blindspots(FEED, topic("alerts"), one), "logs:PutMetricFilter", `${FILTER}.one`)).toEqual([]);
  const both = await blindspots(FEED, topic("alerts"), one, detection("two", ["PutMetricFilter"]));
  expect(noticed(both, "logs:PutMetricFilter", `${FILTER}.one`)).toEqual(["two"]);
  expect(noticed(both, "logs:PutMetricFilter", `${FILTER}.two`)).toEqual(["one"]);
});

test("an alarm does not see its own change, and a call without an effect on alarms is seen by it", async () => {
  const found = await blindspots(FEED, topic("alerts"), detection("one", ["PutMetricAlarm", "SetAlarmState"]));
  expect(noticed(found, "monitoring:PutMetricAlarm", `${ALARM}.one`)).toEqual([]);
  expect(noticed(found, "monitoring:SetAlarmState", `${ALARM}.one`)).toEqual(["one"]);
});

test("what cuts the feed is seen by nothing behind it, however many detections match", async () => {
  const everything = ["DisableRule", "PutTargets", "DeleteLogGroup", "PutRolePolicy", "PutRetentionPolicy"];
  const found = await blindspots(FEED, topic("alerts"), detection("one", everything), detection("two", everything));
  expect(noticed(found, "events:DisableRule", "aws_cloudwatch_event_rule.rule")).toEqual([]);
  expect(noticed(found, "events:PutTargets", "aws_cloudwatch_event_target.target")).toEqual([]);
  expect(noticed(found, "logs:DeleteLogGroup", "aws_cloudwatch_log_group.events")).toEqual([]);
  expect(noticed(found, "logs:PutRetentionPolicy", "aws_cloudwatch_log_group.events")).toEqual(["one", "two"]);
  // A role's effect depends on what uses it. IAM's events are in us-east-1, from where nothing forwards here.
  expect(noticed(found, "iam:PutRolePolicy", "aws_iam_role.deliver")).toEqual([]);
});

test("a topic and its key cut its own subscribers, not those of another topic", async () => {
  const sees = ["Unsubscribe", "DisableKey"];
  const other = detection("two", sees, "others");
  const found = await blindspots(FEED, topic("alerts"), topic("others"), detection("one", sees), other);
  expect(noticed(found, "sns:Unsubscribe", "aws_sns_topic_subscription.alerts")).toEqual(["two"]);
  expect(noticed(found, "kms:DisableKey", "aws_kms_key.alerts")).toEqual(["two"]);
  expect(noticed(found, "kms:DisableKey", "aws_kms_key.others")).toEqual(["one"]);
});

test("an alarm that one event does not raise, or that has no subscriber, notifies no one", async () => {
  const one = detection("one", ["PutRetentionPolicy"]);
  const retention = async (parts: readonly Blocks[]): Promise<string[]> =>
    noticed(await blindspots(FEED, ...parts), "logs:PutRetentionPolicy", "aws_cloudwatch_log_group.events");
  expect(await retention([topic("alerts"), one])).toEqual(["one"]);
  const alarm = (changes: object): Blocks => ({ ...one, [ALARM]: { one: { ...one[ALARM]?.["one"], ...changes } } });
  expect(await retention([topic("alerts"), alarm({ threshold: 2 })])).toEqual([]);
  expect(await retention([topic("alerts"), alarm({ evaluation_periods: 2 })])).toEqual([]);
  expect(await retention([topic("alerts"), alarm({ actions_enabled: false })])).toEqual([]);
  const queue = { protocol: "sqs", endpoint: "arn:aws:sqs:eu-west-1:111111111111:trailwatch-kept-messages" };
  const kept = { aws_sns_topic_subscription: { alerts: { topic_arn: TOPIC, ...queue } } };
  expect(await retention([topic("alerts"), kept, one])).toEqual([]);
});

test("a rule that sends events to a topic needs no log group and no alarm", async () => {
  const sees = (...names: string[]): Blocks => ({
    aws_cloudwatch_event_rule: {
      witness: { name: "trailwatch-witness", event_pattern: JSON.stringify({ detail: { eventName: names } }) },
    },
    aws_cloudwatch_event_target: {
      witness: { rule: "trailwatch-witness", arn: "${aws_sns_topic.others.arn}" },
    },
  });
  const all = (rule: Blocks): Promise<Blindspots> =>
    blindspots(FEED, rule, topic("alerts"), topic("others"), detection("one", []));
  const found = await all(sees("DeleteLogGroup", "DeleteRule", "DeleteTopic"));
  expect(noticed(found, "logs:DeleteLogGroup", "aws_cloudwatch_log_group.events")).toEqual(["trailwatch-witness"]);
  expect(noticed(found, "logs:PutRetentionPolicy", "aws_cloudwatch_log_group.events")).toEqual([]);
  expect(noticed(found, "events:DeleteRule", "aws_cloudwatch_event_rule.witness")).toEqual([]);
  expect(noticed(found, "sns:DeleteTopic", "aws_sns_topic.others")).toEqual([]);
});

test("one call can delete, disable or mute every alarm that would report it", async () => {
  const sees = ["DeleteAlarms", "DisableAlarmActions", "PutAlarmMuteRule"];
  const found = await blindspots(FEED, topic("alerts"), detection("one", sees), detection("two", sees));
  for (const call of sees) expect(noticed(found, `monitoring:${call}`, `${ALARM}.one`)).toEqual([]);
});

test("an alarm that a change window suppresses is not counted", async () => {
  const one = detection("one", ["PutRetentionPolicy"]);
  const wrapped: Blocks = {
    ...one,
    [ALARM]: { one: { ...one[ALARM]?.["one"], alarm_actions: [] } },
    aws_cloudwatch_composite_alarm: {
      one: {
        alarm_name: "trailwatch-wrapper",
        alarm_description: "Title (high alert)",
        alarm_rule: 'ALARM("trailwatch-one-one")',
        alarm_actions: ["${aws_sns_topic.alerts.arn}"],
        actions_suppressor: { alarm: "window", wait_period: 60, extension_period: 60 },
      },
    },
  };
  const found = await blindspots(FEED, topic("alerts"), wrapped);
  expect(noticed(found, "logs:PutRetentionPolicy", "aws_cloudwatch_log_group.events")).toEqual([]);
});

test("a type that the table of calls lacks is reported", async () => {
  const unknown: Blocks = { aws_lambda_function: { one: {} } };
  const { unknownTypes } = await blindspots(FEED, topic("alerts"), detection("one", []), unknown);
  expect(unknownTypes).toEqual(["aws_lambda_function"]);
});

test("forged metric values are silent for every record, and accepted with the alarm that detects them", async () => {
  const { calls } = await blindspots(FEED, topic("alerts"), detection("one", ["PutMetricData"]));
  expect(calls.filter(({ call }) => call === "monitoring:PutMetricData")).toEqual([
    expect.objectContaining({ notified: [], accepted: expect.stringContaining("metrics-forged") as string }),
  ]);
});

test("calls in an omitted region are accepted with its reason, and no others", async () => {
  const note: Blocks = { terraform_data: { omitted_regions: { input: { "us-east-1": "denied by $${policy}" } } } };
  const role: Blocks = { aws_iam_role: { one: { name: "trailwatch-one" } } };
  const found = await blindspots(FEED, topic("alerts"), detection("one", []), role, note);
  expect(found.omittedRegions).toEqual({ "us-east-1": "denied by ${policy}" });
  expect(found.unknownTypes).toEqual([]);
  const reasons = (region: string) =>
    new Set(
      found.calls.filter((call) => call.region === region && call.type !== ALARM).map(({ accepted }) => accepted),
    );
  expect([...reasons("us-east-1")].sort().at(-1)).toMatch(/^us-east-1 is omitted.*: denied by \$\{policy\}$/);
  expect([...reasons("eu-west-1")].filter((reason) => reason?.includes("omitted"))).toEqual([]);
});
