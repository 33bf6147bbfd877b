import { PLAIN_NAMES } from "../../lib/naming/own-resources";
import { execFileSync } from "node:child_process";
import { AlertHubStack } from "../../stacks/alert-hub-stack";
import { secretCommand } from "../../stacks/webhook-secret";
import { compileEventPattern } from "../../signals";
import { admits } from "../support/admits";
import { testOrganization } from "../support/organization";
import { policyOf, resourceOf, resourcesOf, synthApp, named, testApp } from "../support/synth";

const ACCOUNT = "222222222222";
const BUS = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/trailwatch-webhooks`;

function synth(webhooks: readonly Readonly<Record<string, unknown>>[]) {
  const organization = testOrganization({ alertHub: { account: "log-archive", webhooks: webhooks as never } });
  const { alertHub } = organization;
  const app = testApp();
  if (alertHub !== undefined) new AlertHubStack(app, "alert-hub", { organization, alertHub });
  return named(synthApp(app), "alert-hub");
}

const stack = synth([
  { name: "pager", url: "https://events.pagerduty.com/v2/enqueue", format: "pagerduty", topics: ["alerts"] },
  { name: "siem", url: "https://example.com/x?y=${z}", ratePerSecond: 1 },
]);

test("a hub without webhooks has none of their resources, and its key no tag", () => {
  const { resource = {}, output = {} } = synth([]);
  expect(Object.keys(resource).filter((type) => /connection|api_destination/.test(type))).toEqual([]);
  expect(Object.keys(output)).toEqual(["pending_subscriptions"]);
  expect(JSON.stringify(resource.aws_kms_key)).not.toContain("EventBridgeApiDestinations");
});

test("no secret is in the configuration: a placeholder that Terraform does not restore", () => {
  const connections = resourcesOf(stack, "aws_cloudwatch_event_connection");
  expect(connections).toHaveLength(2);
  for (const connection of connections) {
    expect(connection).toMatchObject({
      authorization_type: "API_KEY",
      auth_parameters: { api_key: { key: "Trailwatch-Placeholder", value: "not-set" } },
      kms_key_identifier: expect.stringContaining("aws_kms_key") as string,
      lifecycle: { ignore_changes: ["auth_parameters"] },
    });
  }
  const tagged = resourcesOf(stack, "aws_kms_key").filter(({ tags }) => tags !== undefined);
  expect(tagged).toMatchObject([{ tags: { EventBridgeApiDestinations: "true" } }]);
});

test("each webhook has its destination, and a target with retries and a dead-letter queue", () => {
  expect(resourceOf(stack, "aws_cloudwatch_event_api_destination", { name: "trailwatch-webhook-siem" })).toMatchObject({
    invocation_endpoint: "https://example.com/x?y=$${z}",
    http_method: "POST",
    invocation_rate_limit_per_second: 1,
  });
  const targets = resourcesOf(stack, "aws_cloudwatch_event_target").filter(({ target_id: id }) => id === "webhook");
  expect(targets).toHaveLength(2);
  for (const target of targets) {
    expect(target).toMatchObject({
      input_path: "$.detail.body",
      retry_policy: { maximum_event_age_in_seconds: 3600 },
      dead_letter_config: { arn: expect.stringContaining("webhooks_undelivered") as string },
    });
  }
});

test.each([
  ["trailwatch-webhook-pager", [["pagerduty", "alert"]]],
  [
    "trailwatch-webhook-siem",
    [
      ["trailwatch", "alert"],
      ["trailwatch", "notice"],
    ],
  ],
])("rule %s matches its format and topics only", (name, expected) => {
  const rule = resourceOf(stack, "aws_cloudwatch_event_rule", { name });
  const pattern = compileEventPattern(String(rule.event_pattern));
  const found = ["trailwatch", "pagerduty", "opsgenie"].flatMap((format) =>
    ["alert", "notice"]
      .filter((topic) =>
        pattern.matches({
          source: "trailwatch.alert",
          "detail-type": "Trailwatch alert",
          detail: { format, topic, body: {} },
        }),
      )
      .map((topic) => [format, topic]),
  );
  expect(found).toEqual(expected);
});

describe("the bus of the webhooks", () => {
  const policy = policyOf(
    resourcesOf(stack, "aws_cloudwatch_event_bus_policy").find(({ policy: text }) => String(text).includes("Deny")) ??
      {},
  );
  const anything = { Sid: "Any", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  const all = { ...policy, Statement: [...policy.Statement, anything] };

  test.each([
    ["the state machine", `arn:aws:iam::${ACCOUNT}:role/trailwatch-alert-hub`, true],
    ["an administrator of the account", `arn:aws:iam::${ACCOUNT}:role/Administrator`, false],
    ["a member that forwards alarms", "arn:aws:iam::333333333333:role/trailwatch-alert-forwarding", false],
  ])("%s", (_who, principal, admitted) => {
    const request = {
      principal,
      action: "events:PutEvents",
      resource: BUS,
      context: { "aws:PrincipalArn": principal },
    };
    expect(admits(all, request)).toBe(admitted);
  });
});

test("the command sets header and body from one secret that is in no argument of a program", () => {
  const command = secretCommand(
    { name: "pager", format: "pagerduty" },
    { homeRegion: "eu-west-1", names: PLAIN_NAMES },
  );
  const [program = "", ...rest] = command.split(" | ");
  expect(rest.join()).toMatch(/^aws events update-connection --region eu-west-1 --name trailwatch-webhook-pager /);
  const printed = execFileSync("bash", ["-c", program], { input: "s3cret%\n" }).toString();
  expect(JSON.parse(printed)).toEqual({
    ApiKeyAuthParameters: { ApiKeyName: "X-Routing-Key", ApiKeyValue: "s3cret%" },
    InvocationHttpParameters: { BodyParameters: [{ Key: "routing_key", Value: "s3cret%", IsValueSecret: true }] },
  });
});

test("a digest has a protected table, and a daily event of its own from the hub's account", () => {
  const organization = testOrganization({ alertHub: { account: "log-archive", noticesDigest: "07:05" } });
  const { alertHub } = organization;
  const app = testApp();
  if (alertHub !== undefined) new AlertHubStack(app, "alert-hub", { organization, alertHub });
  const hub = named(synthApp(app), "alert-hub");
  expect(resourceOf(hub, "aws_dynamodb_table", { name: "trailwatch-alert-hub-notices" })).toMatchObject({
    billing_mode: "PAY_PER_REQUEST",
    deletion_protection_enabled: true,
    point_in_time_recovery: { enabled: true },
    ttl: { enabled: true, attribute_name: "expiresAt" },
  });
  const schedule = resourceOf(hub, "aws_scheduler_schedule", { name: "trailwatch-alert-hub-digest" });
  expect(schedule).toMatchObject({ schedule_expression: "cron(5 7 * * ? *)" });
  const rule = resourceOf(hub, "aws_cloudwatch_event_rule", { name: "trailwatch-alert-hub" });
  const pattern = compileEventPattern(String(rule.event_pattern));
  const event = { source: "trailwatch.digest", "detail-type": "Trailwatch digest", detail: {} };
  expect(pattern.matches({ ...event, account: ACCOUNT })).toBe(true);
  expect(pattern.matches({ ...event, account: "333333333333" })).toBe(false);
});
