import { apiCall } from "../../../detections/example-record";
import { parseRecord } from "../../../signals";
import { readDeployment } from "../../../signals/deployment/read-deployment";
import { Evaluator } from "../../../signals/replay/evaluation/evaluator";
import { ACCOUNT, folderOf, stackWith, trail } from "../deployment/terraform-folder";

const HUB = "222222222222";
const BUS = `arn:aws:events:eu-west-1:${HUB}:event-bus/alerts`;
const OWN = "security@example.com";

/** What a test wants to be different of the way to the hub. */
interface Way {
  readonly rule?: object;
  readonly target?: string;
  readonly hubRule?: object;
  readonly description?: string;
  readonly choice?: string;
  readonly actions?: boolean | string;
}

const pattern = (state: string) =>
  JSON.stringify({
    source: ["aws.cloudwatch"],
    detail: { alarmName: [{ prefix: "trailwatch-" }], state: { value: [state] } },
  });

function notified(way: Way = {}): string[] {
  const { rule, target = BUS, hubRule, description = "Key disabled (high alert)", choice, actions = true } = way;
  const topic = (name: string) => ({ name });
  const subscription = (name: string) => ({
    topic_arn: `\${aws_sns_topic.${name}.arn}`,
    protocol: "email",
    endpoint: `${name}@example.com`,
  });
  const chosen = choice ?? '$isNotice ? "${aws_sns_topic.notices.arn}" : "${aws_sns_topic.alerts.arn}"';
  const member = stackWith({
    ...trail(),
    aws_cloudwatch_event_rule: { forward: { name: "forward", event_pattern: pattern("ALARM"), ...rule } },
    aws_cloudwatch_event_target: { forward: { rule: "forward", arn: target } },
  });
  const described = JSON.stringify(member).replace(
    '"alarm_name"',
    `"actions_enabled":${JSON.stringify(actions)},"alarm_description":${JSON.stringify(description)},$&`,
  );
  const hub = stackWith({
    aws_cloudwatch_event_bus: { bus: { name: "alerts" } },
    aws_cloudwatch_event_rule: {
      rule: {
        name: "hub",
        event_bus_name: "${aws_cloudwatch_event_bus.bus.name}",
        event_pattern: pattern("ALARM"),
        ...hubRule,
      },
    },
    aws_cloudwatch_event_target: { hub: { rule: "hub", arn: "${aws_sfn_state_machine.machine.arn}" } },
    aws_sfn_state_machine: {
      machine: {
        definition: JSON.stringify({ Publish: { TopicArn: `{% (${chosen}) %}`, Queue: "${aws_sqs_queue.kept.url}" } }),
      },
    },
    aws_sns_topic: { alerts: topic("hub-alerts"), notices: topic("hub-notices") },
    aws_sns_topic_subscription: { alerts: subscription("alerts"), notices: subscription("notices") },
  });
  const files = { "a.tf.json": described, "b.tf.json": JSON.stringify(hub).replaceAll(ACCOUNT, HUB) };
  const evaluator = new Evaluator(readDeployment(folderOf(files)));
  for (const eventID of ["one", "two"]) {
    const call = { ...apiCall("kms", "DisableKey", { recipientAccountId: ACCOUNT }), eventID };
    evaluator.add(parseRecord(JSON.stringify(call)));
  }
  return evaluator.report().detections.flatMap(({ notifications }) => notifications.map(({ endpoint }) => endpoint));
}

test.each([
  ["Key disabled (high alert)", "alerts@example.com"],
  ["Key disabled (low notice)", "notices@example.com"],
  ["Key disabled (high alert)\nNot one (low notice)", "alerts@example.com"],
  ["Who says nothing is heard", "alerts@example.com"],
  ["Legal hold (final notice) removed (critical alert)", "alerts@example.com"],
  ["Legal hold (high alert) removed (low notice)", "notices@example.com"],
])("the hub's subscribers are notified in addition to the account's own: '%s'", (description, endpoint) => {
  expect(notified({ description })).toEqual([OWN, endpoint]);
});

test.each([false, "false"])(
  "an alarm whose actions are disabled (%j) notifies only its hub, which gets all events",
  (actions) => {
    expect(notified({ actions })).toEqual(["alerts@example.com"]);
    expect(notified({ actions, hubRule: { state: "DISABLED" } })).toEqual([]);
  },
);

test.each<[string, Way]>([
  ["a rule that is off", { rule: { state: "DISABLED" } }],
  ["a rule that is off by its older argument", { rule: { is_enabled: false } }],
  ["a rule of the hub that is off", { hubRule: { state: "DISABLED" } }],
  ["a rule of the hub that is off by its older argument", { hubRule: { is_enabled: false } }],
  ["a rule of other alarms", { rule: { event_pattern: pattern("OK") } }],
  ["a bus without a rule", { target: `${BUS}-other` }],
  ["a rule of the hub for other alarms", { hubRule: { event_pattern: pattern("OK") } }],
  ["a rule of the hub on its default bus", { hubRule: { event_bus_name: "default" } }],
  ["a state machine that chooses otherwise", { choice: '"${aws_sns_topic.alerts.arn}"' }],
])("the hub's subscribers are not notified by %s", (_what, way) => {
  expect(notified(way)).toEqual([OWN]);
});
