import { AlertHubStack } from "../../stacks/alert-hub-stack";
import { readStacks } from "../../lib/terraform/read/read-stacks";
import { runChecks } from "../../verification/checks/check";
import { forwardingRuleChecks } from "../../verification/checks/forwarding-rule";
import { webhookChecks } from "../../verification/checks/webhooks";
import { readForwardingRules, readHub } from "../../verification/expected/read-hub";
import { leastPrivilege } from "../../verification/least-privilege";
import { testOrganization } from "../support/organization";
import { named, resourceOf, resourcesOf, synthApp, testApp } from "../support/synth";
import { FakeAws } from "./support/fake-aws";
import { subjectWith } from "./support/subject";

const URL = "https://events.pagerduty.com/v2/enqueue";
const NAME = "trailwatch-webhook-pager";
const organization = testOrganization({
  alertHub: {
    account: "log-archive",
    webhooks: [{ name: "pager", url: URL, format: "pagerduty", topics: ["alerts"] }],
  },
});
const app = testApp();
if (organization.alertHub !== undefined) {
  new AlertHubStack(app, "alert-hub", { organization, alertHub: organization.alertHub });
}
const json = named(synthApp(app), "alert-hub");
const [stack] = readStacks(app.outdir);
if (stack === undefined) throw new Error("there is no stack");
const hub = readHub(stack);
const rules = readForwardingRules(stack);
const account = organization.accounts.find(({ name }) => name === "log-archive");
if (hub === undefined || account === undefined) throw new Error("there is no hub");

const PLACE = `arn:aws:events:eu-west-1:${account.id}`;
const busPolicy = resourcesOf(json, "aws_cloudwatch_event_bus_policy").find(({ policy }) =>
  String(policy).includes("Deny"),
);
const rolePolicy = (name: string): string =>
  String(resourceOf(json, "aws_iam_role_policy", { name }).policy).replace(/\$\{[^}]*\}/g, "x");

/** AWS as it is after the deployment, when the secret was set. */
const DEPLOYED: ConstructorParameters<typeof FakeAws>[0] = {
  "events:DescribeEventBus": () => ({ Policy: busPolicy?.["policy"] }),
  "iam:GetRolePolicy": ({ PolicyName }) => ({
    PolicyDocument: encodeURIComponent(rolePolicy(String(PolicyName))),
  }),
  "iam:ListRolePolicies": ({ RoleName }) => ({
    PolicyNames: [RoleName === "trailwatch-webhooks" ? "post" : "tell"],
  }),
  "iam:ListAttachedRolePolicies": () => ({ AttachedPolicies: [] }),
  "events:DescribeConnection": () => connection(),
  "events:DescribeApiDestination": () => destination(),
  "events:DescribeRule": () => ({ State: "ENABLED", EventPattern: rules.find(({ rule }) => rule === NAME)?.pattern }),
  "events:ListTargetsByRule": () => ({
    Targets: [
      {
        Arn: `${PLACE}:api-destination/${NAME}/0a1b2c3d`,
        RoleArn: `arn:aws:iam::${account.id}:role/trailwatch-webhooks`,
        DeadLetterConfig: { Arn: `arn:aws:sqs:eu-west-1:${account.id}:trailwatch-webhooks-undelivered` },
      },
    ],
  }),
  "sqs:GetQueueUrl": () => ({ QueueUrl: "queue" }),
  "sqs:GetQueueAttributes": () => ({
    Attributes: {
      Policy: resourcesOf(json, "aws_sqs_queue_policy")
        .map(({ policy }) => String(policy))
        .find((policy) => policy.includes("trailwatch-webhooks")),
      ApproximateNumberOfMessages: "0",
    },
  }),
};

function connection(changes: object = {}, header = "X-Routing-Key", bodyParameter = "routing_key") {
  return {
    ConnectionState: "AUTHORIZED",
    AuthParameters: {
      ApiKeyAuthParameters: { ApiKeyName: header },
      InvocationHttpParameters: { BodyParameters: [{ Key: bodyParameter, IsValueSecret: true }] },
    },
    ...changes,
  };
}

function destination(changes: object = {}) {
  return {
    ApiDestinationState: "ACTIVE",
    HttpMethod: "POST",
    InvocationEndpoint: URL,
    ConnectionArn: `${PLACE}:connection/${NAME}/0a1b2c3d`,
    ...changes,
  };
}

async function check(changes: ConstructorParameters<typeof FakeAws>[0] = {}) {
  if (hub === undefined || account === undefined) throw new Error("there is no hub");
  const subject = { ...subjectWith(new FakeAws({ ...DEPLOYED, ...changes }), Date.now), organization, account };
  const ofWebhooks = rules.filter(({ target }) => target.includes("api-destination"));
  return runChecks([...webhookChecks(hub), ...ofWebhooks.flatMap(forwardingRuleChecks)], subject);
}

test("the hub's bus is the one of the accounts, and webhooks are read with their rules", () => {
  expect(hub).toMatchObject({ bus: "trailwatch-alerts", webhooks: [{ name: NAME, url: URL }] });
  expect(rules.map(({ rule, action }) => `${rule} ${action}`)).toEqual(
    expect.arrayContaining(["trailwatch-alert-hub states:StartExecution", `${NAME} events:InvokeApiDestination`]),
  );
});

test("everything as deployed, and the secret set", async () => {
  const results = await check();
  expect(results.map(({ check: name, status }) => `${status} ${name}`)).toEqual([
    "proven event bus trailwatch-webhooks admits role trailwatch-alert-hub only",
    `proven connection ${NAME} has its secret`,
    `proven API destination ${NAME} posts to its address`,
    `proven rule ${NAME} forwards alarms to its API destination`,
    `proven role trailwatch-webhooks may do so, for rule ${NAME}`,
    `proven queue trailwatch-webhooks-undelivered is empty, for rule ${NAME}`,
  ]);
});

test.each<readonly [string, ConstructorParameters<typeof FakeAws>[0], string, RegExp]>([
  [
    "the secret was never set",
    { "events:DescribeConnection": () => connection({}, "Trailwatch-Placeholder") },
    "has its secret",
    /never set/,
  ],
  [
    "the connection was deauthorized",
    { "events:DescribeConnection": () => connection({ ConnectionState: "DEAUTHORIZED" }) },
    "has its secret",
    /DEAUTHORIZED/,
  ],
  ["another header", { "events:DescribeConnection": () => connection({}, "X-Other") }, "has its secret", /X-Other/],
  [
    "no secret in the body",
    { "events:DescribeConnection": () => connection({}, "x-routing-key", "other") },
    "has its secret",
    /no body parameter/,
  ],
  ["no connection", { "events:DescribeConnection": () => undefined }, "has its secret", /no such connection/],
  [
    "another address",
    { "events:DescribeApiDestination": () => destination({ InvocationEndpoint: "https://mallory.example" }) },
    "posts to its address",
    /mallory/,
  ],
  [
    "another connection",
    { "events:DescribeApiDestination": () => destination({ ConnectionArn: `${PLACE}:connection/mine/1` }) },
    "posts to its address",
    /connection\/mine/,
  ],
  [
    "an inactive destination",
    { "events:DescribeApiDestination": () => destination({ ApiDestinationState: "INACTIVE" }) },
    "posts to its address",
    /INACTIVE/,
  ],
  ["a bus open to the account", { "events:DescribeEventBus": () => ({}) }, "admits role", /denies no one/],
  [
    "the rule's target is another one",
    { "events:ListTargetsByRule": () => ({ Targets: [{ Arn: `${PLACE}:api-destination/${NAME}-2/0a1b2c3d` }] }) },
    "forwards alarms to its API destination",
    /-2/,
  ],
  [
    "an undelivered alarm",
    {
      "sqs:GetQueueAttributes": (input) => ({ Attributes: { ...attributes(input), ApproximateNumberOfMessages: "1" } }),
    },
    "is empty",
    /1 alarm in it/,
  ],
])("%s fails its check", async (_what, changes, name, seen) => {
  const failures = (await check(changes)).filter(({ status }) => status !== "proven");
  expect(failures).toMatchObject([
    { check: expect.stringContaining(name) as string, status: "failed", seen: expect.stringMatching(seen) as string },
  ]);
});

function attributes(input: Readonly<Record<string, unknown>>): object {
  const answer = DEPLOYED["sqs:GetQueueAttributes"]?.(input) as { readonly Attributes: object };
  return answer.Attributes;
}

test("least privilege names the calls only where there are webhooks", () => {
  const sids = (one: typeof organization) =>
    leastPrivilege({ organization: one, live: false, notify: false }).Statement.map(({ Sid }) => Sid);
  expect(sids(organization)).toEqual(expect.arrayContaining(["ApiDestinations", "Connections"]));
  expect(sids(testOrganization({ alertHub: { account: "log-archive" } }))).not.toContain("Connections");
});
