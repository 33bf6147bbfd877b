import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeploymentError, readDeployment, type Deployment } from "../../../../signals";
import { ACCOUNT, folderOf, stackWith } from "../../../signals/deployment/terraform-folder";

/** Terraform 1.11 made it against moto; what is not read was taken out. */
const FIXTURE = join(__dirname, "plan.json");
const fixture = readFileSync(FIXTURE, "utf8");
const TOPIC = "arn:aws:sns:eu-west-1:123456789012:alerts";

/** The plan with one text replaced by another throughout. */
function changed(from: string | RegExp, to: string): Deployment {
  const text = fixture.replaceAll(from, to);
  expect(text).not.toBe(fixture);
  return readDeployment(join(folderOf({ "plan.json": text }), "plan.json"));
}

test("finds an account's signal path in a plan, its modules included", () => {
  const { accounts, warnings } = readDeployment(FIXTURE);
  expect(warnings).toEqual([]);
  expect(accounts).toMatchObject([
    {
      id: "123456789012",
      logGroups: ["/events"],
      trails: [{ name: "trail", region: "eu-west-1", isMultiRegion: true, logGroup: "/events" }],
      rules: [
        { name: "far", region: "us-east-1", state: "ENABLED", forwardsTo: ["eu-west-1"] },
        { name: "home", region: "eu-west-1", pattern: '{"source":["aws.kms"]}', logGroups: ["/events"] },
      ],
      filters: [
        {
          logGroup: "/events",
          pattern: '{ $.eventName = "DisableKey" }',
          transformation: { metricName: "key-disabled" },
        },
        { logGroup: "/events", transformation: { metricName: "key-enabled" } },
      ],
      alarms: [
        { name: "key-disabled", threshold: 1, treatMissingData: "notBreaching" },
        { name: "key-enabled", periodSeconds: 300 },
      ],
      compositeAlarms: [{ name: "both", rule: "ALARM(key-disabled) AND ALARM(key-enabled)" }],
    },
  ]);
});

test("follows what is unknown until Terraform has run through resources, variables and modules", () => {
  const [account] = readDeployment(FIXTURE).accounts;
  expect(account?.subscriptions).toEqual([
    { topicArn: TOPIC, protocol: "email", endpoint: "security@example.com" },
    { topicArn: TOPIC.replace("alerts", "blue"), protocol: "email", endpoint: "blue@example.com" },
    { topicArn: TOPIC.replace("alerts", "red"), protocol: "email", endpoint: "red@example.com" },
  ]);
  expect(account?.alarms.map(({ alarmActions }) => alarmActions)).toEqual([[TOPIC], [TOPIC]]);
  expect(account?.compositeAlarms).toMatchObject([
    { alarmActions: [TOPIC], okActions: [TOPIC.replace("alerts", "relief")] },
  ]);
});

test("names what it cannot follow, and leaves it out", () => {
  const { accounts, warnings } = changed(
    /"aws_sns_topic\.alerts\[0\]\.arn",\s*"aws_sns_topic\.alerts\[0\]",\s*"aws_sns_topic\.alerts"/g,
    '"local.topic"',
  );
  expect(accounts[0]?.subscriptions).toHaveLength(2);
  expect(accounts[0]?.alarms[0]?.alarmActions).toEqual([]);
  expect(warnings).toEqual([
    expect.stringContaining(
      "aws_cloudwatch_metric_alarm.module.alarm[\"key-disabled\"].alarm: 'alarm_actions' is not known",
    ),
    expect.stringContaining("before Terraform runs: ${local.topic}"),
    expect.stringContaining(
      "aws_sns_topic_subscription.mail: 'topic_arn' is not known before Terraform runs: ${local.",
    ),
  ]);
});

describe("whose account it is", () => {
  const elsewhere = '"references": ["data.aws_caller_identity.me.account_id"]';
  const unnamed = fixture
    .replaceAll(/"references": \[\s*"var\.account"\s*\]/g, elsewhere)
    .replaceAll(/"constant_value": \[\s*"123456789012"\s*\]/g, elsewhere);

  test("say the ARNs in the plan, when the provider does not", () => {
    const { accounts } = readDeployment(folderOf({ "a.json": unnamed }));
    expect(accounts.map(({ id }) => id)).toEqual(["123456789012"]);
  });

  test("is unknown when they are of several accounts", () => {
    const mixed = unnamed.replaceAll("arn:aws:iam::123456789012:", "arn:aws:iam::210987654321:");
    const role = '"cloud_watch_logs_role_arn": ';
    const both = mixed.replace(role, `"other": "${TOPIC}", ${role}`);
    const { warnings } = readDeployment(folderOf({ "a.json": both }));
    expect(warnings).toEqual([expect.stringContaining("the aws provider must name one account")]);
  });
});

test("reads plans beside Terraform JSON, by what they hold", () => {
  const folder = folderOf({
    "monitoring-payments.json": fixture,
    "main.tf.json": stackWith(),
    "state.json": { format_version: "1.0", values: { root_module: {} } },
    "notes.json": { name: "notes" },
  });
  expect(readDeployment(folder).accounts.map(({ id, name }) => [id, name])).toEqual([
    [ACCOUNT, "workloads"],
    ["123456789012", "payments"],
  ]);
});

test.each([
  ["a plan as Terraform keeps it", "PK\u0003\u0004", "'terraform show -json <plan>' makes of a plan"],
  ["a state", { format_version: "1.0", values: {} }, "must be Terraform JSON or a plan"],
])("refuses a file that is %s", (_what, content, message) => {
  const file = join(folderOf({ "plan.json": content }), "plan.json");
  expect(() => readDeployment(file)).toThrow(DeploymentError);
  expect(() => readDeployment(file)).toThrow(message);
});
