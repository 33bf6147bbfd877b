import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { AccountClients } from "../../../sandbox/signal-path/account-clients";
import { findDetails } from "../../../sandbox/signal-path/alert-hub/details-execution";
import { detailsMachine } from "../../../modules/alert-hub/details/details-machine";
import type { ServiceClients } from "../../../lib/aws/service-clients";

const HUB = "222222222222";
const MEMBER = "333333333333";
const MACHINE_ROLE = `arn:aws:iam::${HUB}:role/trailwatch-alert-details-machine`;
const GROUP = "/aws/events/trailwatch";
const PATTERN = '{ $.detail.eventName = "GetSecretValue" }';
const FROM = Date.parse("2026-11-22T16:59:00Z");
const INPUT = { account: MEMBER, namespace: "Trailwatch", metric: "reads", from: FROM, to: FROM + 300_000, limit: 20 };

const policy = (...Statement: readonly object[]) => encodeURIComponent(JSON.stringify({ Statement }));
const ASSUME = policy({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: "arn:aws:iam::*:role/trailwatch-alert-details",
  Condition: { StringEquals: { "aws:ResourceOrgID": "o-exampleorgid" } },
});
const READ = policy(
  { Effect: "Allow", Action: "logs:DescribeMetricFilters", Resource: `arn:aws:logs:eu-west-1:${MEMBER}:log-group:*` },
  {
    Effect: "Allow",
    Action: "logs:FilterLogEvents",
    Resource: `arn:aws:logs:eu-west-1:${MEMBER}:log-group:${GROUP}:*`,
  },
);
const trust = (condition: object) =>
  policy({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${HUB}:root` },
    Action: "sts:AssumeRole",
    Condition: condition,
  });
const TRUST = trust({
  ArnEquals: { "aws:PrincipalArn": MACHINE_ROLE },
  StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" },
});

const event = (eventName: string) => ({
  timestamp: FROM + 1,
  message: JSON.stringify({ detail: { eventSource: "secretsmanager.amazonaws.com", eventName } }),
});

interface Deployed {
  readonly assume?: string;
  readonly read?: string;
  readonly trust?: string;
  readonly events?: readonly object[];
}

async function find({ assume = ASSUME, read = READ, trust = TRUST, events }: Deployed) {
  const answers: Readonly<Record<string, (input: Record<string, unknown>) => object>> = {
    DescribeStateMachineCommand: () => ({
      definition: JSON.stringify(detailsMachine("eu-west-1")),
      roleArn: MACHINE_ROLE,
    }),
    ListRolePoliciesCommand: () => ({ PolicyNames: ["p"] }),
    GetRolePolicyCommand: ({ RoleName }) => ({
      PolicyDocument: RoleName === "trailwatch-alert-details" ? read : assume,
    }),
    GetRoleCommand: () => ({ Role: { AssumeRolePolicyDocument: trust } }),
    DescribeMetricFiltersCommand: () => ({ metricFilters: [{ logGroupName: GROUP, filterPattern: PATTERN }] }),
    FilterLogEventsCommand: ({ filterPattern }) => {
      expect(filterPattern).toBeUndefined();
      return { events: events ?? [event("GetSecretValue"), event("ListSecrets")] };
    },
  };
  const client = {
    send: (command: { readonly input: Record<string, unknown> }) =>
      Promise.resolve(answers[command.constructor.name]?.(command.input) ?? {}),
  };
  const logs = Object.assign(new CloudWatchLogsClient({ region: "eu-west-1" }), client);
  const clients: Pick<AccountClients, "of"> = {
    of: () => ({ sfn: client, iam: client, logs }) as unknown as ServiceClients,
  };
  const machineArn = `arn:aws:states:eu-west-1:${HUB}:stateMachine:trailwatch-alert-details`;
  const answer = (await findDetails(
    { clients, organizationId: "o-exampleorgid" },
    { machineArn, input: JSON.stringify(INPUT) },
  )) as { readonly Status: string; readonly Output: string };
  expect(answer.Status).toBe("SUCCEEDED");
  return JSON.parse(answer.Output) as Record<string, unknown>;
}

test("the events that match are found with the role of the account", async () => {
  expect(await find({})).toMatchObject({ count: 1, isComplete: true, events: [{ call: "GetSecretValue", count: 1 }] });
});

test("empty pages are read past", async () => {
  const others = Array.from({ length: 1200 }, () => event("ListSecrets"));
  expect(await find({ events: [...others, { ...event("GetSecretValue"), timestamp: FROM + 2 }] })).toMatchObject({
    count: 1,
    isComplete: true,
  });
});

test.each([
  ["a trust policy for another role", { trust: trust({ ArnEquals: { "aws:PrincipalArn": `${MACHINE_ROLE}-x` } }) }],
  ["a trust policy for another organization", { trust: trust({ StringEquals: { "aws:PrincipalOrgID": "o-x" } }) }],
  ["a machine's role that may not assume it", { assume: policy() }],
])("%s: a problem, not details", async (_what, deployed) => {
  expect(await find(deployed)).toEqual({
    problem: expect.stringMatching(/^reading the metric filters: .*assumed/) as string,
  });
});

test.each([
  ["no filters", policy(), /metric filters: .*DescribeMetricFilters/],
  [
    "no events of this group",
    policy(
      { Effect: "Allow", Action: "logs:DescribeMetricFilters", Resource: "*" },
      { Effect: "Allow", Action: "logs:FilterLogEvents", Resource: `arn:aws:logs:eu-west-1:${MEMBER}:log-group:/x:*` },
    ),
    /the events: .*FilterLogEvents/,
  ],
])("a role that may read %s: a problem", async (_what, read, problem) => {
  expect(await find({ read })).toEqual({ problem: expect.stringMatching(problem) as string });
});
