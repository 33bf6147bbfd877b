import { PLAIN } from "../../../lib/naming/own-names";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { raisedAlarmPattern } from "../../../modules/alert-hub/alarm-events";
import { stateMachine } from "../../../modules/alert-hub/state-machine";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { AccountClients } from "../../../sandbox/signal-path/account-clients";
import { AlertRoute } from "../../../sandbox/signal-path/alert-hub/alert-route";
import { ExecutionStore } from "../../../sandbox/signal-path/alert-hub/executions";
import type { NotifiedChange } from "../../../sandbox/signal-path/alarm-message";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";
import { KNOWN } from "../../support/known-alarms";
import type { TopicMessage } from "../../../sandbox/signal-path/subscriber-delivery";

const BUS = "arn:aws:events:eu-west-1:222222222222:event-bus/trailwatch-alerts";
const ALERTS = "arn:aws:sns:eu-west-1:222222222222:trailwatch-alert-hub-alerts";
const ROLE = "arn:aws:iam::333333333333:role/trailwatch-alert-forwarding";
const HUB_ROLE = "arn:aws:iam::222222222222:role/trailwatch-alert-hub";
const MACHINE = "arn:aws:states:eu-west-1:222222222222:stateMachine:trailwatch-alert-hub";
const POLICY = {
  Statement: [
    {
      Effect: "Allow",
      Principal: "*",
      Action: "events:PutEvents",
      Resource: BUS,
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
    },
  ],
};

const ARN = "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:";
const CHANGE = {
  account: "333333333333",
  alarm: {
    name: "trailwatch-workloads-watched-secret-reads",
    arn: `${ARN}trailwatch-workloads-watched-secret-reads`,
    region: "eu-west-1",
    description: "A watched secret was read (high alert)\nAccount: workloads (333333333333)",
  },
  from: "OK",
  to: "ALARM",
  reason: "Threshold Crossed",
  at: Date.UTC(2026, 10, 22),
} as NotifiedChange;

interface Deployed {
  readonly roleArn?: string | undefined;
  readonly organizationId?: string;
  readonly from?: "ALARM" | "OK";
  readonly to?: "ALARM" | "OK";
  readonly topicRefuses?: boolean;
  /** The account's rule; undefined: there is none. */
  readonly forwarding?: { readonly State: string; readonly EventPattern?: string } | undefined;
  readonly hasHubRule?: boolean;
  readonly definition?: string;
  readonly hasAlertHub?: boolean;
  readonly alarmName?: string;
}

const DETAILS = "arn:aws:states:eu-west-1:222222222222:stateMachine:trailwatch-alert-details";

const DEFINITION = JSON.stringify(
  stateMachine({
    known: KNOWN,
    topics: { alerts: ALERTS, notices: "notices" },
    detailsMachineArn: DETAILS,
    repeatsTable: "repeats",
    undeliveredUrl: "q",
  }),
);

/** What becomes of an alarm where a member forwards to a hub. */
async function follow(deployed: Deployed = {}) {
  const { organizationId = "o-exampleorgid", from = "OK", to = "ALARM", topicRefuses = false } = deployed;
  const { hasHubRule = true, definition = DEFINITION, hasAlertHub = true, alarmName = CHANGE.alarm.name } = deployed;
  const RoleArn = "roleArn" in deployed ? deployed.roleArn : ROLE;
  const hops: HopEvent[] = [];
  const sent: (TopicMessage & { readonly topicArn: string })[] = [];
  const kept: unknown[] = [];
  const counted: unknown[] = [];
  const rule = { Name: "rule", EventPattern: JSON.stringify(raisedAlarmPattern(false, PLAIN)), State: "ENABLED" };
  const forwarding = "forwarding" in deployed ? deployed.forwarding : { State: "ENABLED" };
  const answers: Readonly<Record<string, (input: Record<string, unknown>) => object>> = {
    ListRulesCommand: ({ EventBusName }) => {
      if (EventBusName !== "default") return { Rules: hasHubRule ? [rule] : [] };
      return { Rules: forwarding === undefined ? [] : [{ ...rule, ...forwarding }] };
    },
    ListTargetsByRuleCommand: ({ EventBusName }) => ({
      Targets: EventBusName === "default" ? [{ Arn: BUS, RoleArn }] : [{ Arn: MACHINE }],
    }),
    DescribeEventBusCommand: () => ({ Policy: JSON.stringify(POLICY) }),
    DescribeStateMachineCommand: () => ({ definition, roleArn: HUB_ROLE }),
    UpdateItemCommand: ({ TableName }) => {
      counted.push(TableName);
      return {
        Attributes: {
          alarms: { N: "1" },
          events: { N: "0" },
          uncounted: { N: "1" },
          since: { N: "1" },
          firstSubject: { S: "x" },
        },
      };
    },
    SendMessageCommand: ({ MessageBody }) => ({ kept: kept.push(JSON.parse(String(MessageBody))) }),
  };
  const client = {
    send: (command: { readonly input: Record<string, unknown> }) =>
      Promise.resolve(answers[command.constructor.name]?.(command.input) ?? {}),
  } as unknown as EventBridgeClient;
  const clients: Pick<AccountClients, "of"> = {
    of: () => ({ dynamoDb: client, events: client, sfn: client, sqs: client }) as unknown as ServiceClients,
  };
  const subscribers = {
    send: (topicArn: string, message: TopicMessage) => {
      if (topicRefuses) return Promise.reject(new Error("Topic does not exist"));
      sent.push({ ...message, topicArn });
      return Promise.resolve([{ protocol: "email", endpoint: "security@example.com", delivered: true, reason: "" }]);
    },
  };
  const webhooks = {
    put: (_entries: unknown, { roleArn }: { readonly roleArn: string }) =>
      Promise.resolve([{ protocol: "webhook", endpoint: "https://example.com", delivered: true, reason: roleArn }]),
  };
  const executions = new ExecutionStore();
  const parts = { clients, organizationId, hasAlertHub, subscribers, webhooks, executions };
  const route = new AlertRoute({ ...parts, emit: (hop) => hops.push(hop) });
  await route.follow({ ...CHANGE, from, to, alarm: { ...CHANGE.alarm, name: alarmName, arn: `${ARN}${alarmName}` } });
  return { hops, sent, kept, counted, executions: executions.of(MACHINE) };
}

test("an alarm of a member becomes the hub's message", async () => {
  const { hops, sent, counted } = await follow();
  expect(counted).toEqual(["repeats"]);
  expect(sent).toEqual([
    expect.objectContaining({ topicArn: ALERTS, subject: "[HIGH] workloads: A watched secret was read" }),
  ]);
  expect(hops.map(({ hop, account }) => `${hop} ${account}`)).toEqual([
    "forwarding 333333333333",
    "alert hub 222222222222",
    "topic 222222222222",
    "subscriber 222222222222",
  ]);
});

test("the execution is recorded with its input and the calls of its tasks, in AWS's shapes", async () => {
  const { executions } = await follow();
  const [execution] = executions;
  const events = execution?.events ?? [];
  expect(execution).toMatchObject({
    executionArn: expect.stringMatching(/:222222222222:execution:trailwatch-alert-hub:[0-9a-f-]{36}$/) as string,
    stateMachineArn: MACHINE,
    status: "SUCCEEDED",
    startDate: CHANGE.at / 1000,
  });
  expect(events.map(({ id, type }) => `${id} ${type}`)).toEqual([
    "1 ExecutionStarted",
    ...[2, 5, 8].flatMap((id) => [`${id} TaskScheduled`, `${id + 1} TaskStarted`, `${id + 2} TaskSucceeded`]),
    "11 ExecutionSucceeded",
  ]);
  expect(events[0]).toMatchObject({
    executionStartedEventDetails: { input: expect.stringContaining(CHANGE.alarm.name) as string, roleArn: HUB_ROLE },
  });
  expect(events[1]).toMatchObject({
    taskScheduledEventDetails: { resourceType: "aws-sdk:sfn", resource: "startSyncExecution", region: "eu-west-1" },
  });
  expect(events[9]).toMatchObject({ taskSucceededEventDetails: { resourceType: "sns", resource: "publish" } });
});

test("a task that fails, and its execution, are recorded with error and cause", async () => {
  const { executions } = await follow({ topicRefuses: true });
  expect(executions[0]).toMatchObject({ status: "FAILED" });
  const failures = executions[0]?.events.filter(({ type }) => type.endsWith("Failed"));
  expect(failures).toMatchObject([
    { taskFailedEventDetails: { resource: "publish", cause: "Topic does not exist" } },
    { executionFailedEventDetails: { error: "NotPublished" } },
  ]);
});

test("the recovery of a missing signal is forwarded", async () => {
  const alarmName = "trailwatch-workloads-heartbeat";
  const { hops, sent } = await follow({ to: "OK", from: "ALARM", alarmName });
  expect(sent).toHaveLength(1);
  expect(hops.map(({ hop }) => hop)).toEqual(["forwarding", "alert hub", "topic", "subscriber"]);
});

test("the end of an alarm is not forwarded", async () => {
  expect(await follow({ from: "ALARM", to: "OK" })).toEqual({
    ...{ hops: [], sent: [], kept: [], counted: [] },
    executions: [],
  });
});

test.each([
  ["another organization's bus", { organizationId: "o-stranger00" }, "does not allow"],
  ["a target without a role", { roleArn: undefined }, "has no role"],
])("%s receives nothing, and the hop names the reason", async (_what, deployed, reason) => {
  const { hops, sent } = await follow(deployed);
  expect(sent).toEqual([]);
  expect(hops).toMatchObject([{ hop: "forwarding", passes: false, reason: expect.stringContaining(reason) as string }]);
});

test.each([
  ["no rule", { forwarding: undefined }, "no rule of event bus default"],
  ["a rule that is off", { forwarding: { State: "DISABLED" } }, "rule rule is disabled"],
  [
    "another pattern",
    { forwarding: { State: "ENABLED", EventPattern: `{"source":["aws.s3"]}` } },
    "does not match the alarm",
  ],
])("with %s in its account an alarm is lost, and the hop names the reason", async (_what, deployed, reason) => {
  const { hops } = await follow(deployed);
  expect(hops).toMatchObject([
    { hop: "forwarding", account: CHANGE.account, passes: false, reason: expect.stringContaining(reason) as string },
  ]);
});

test.each([
  ["without a hub", { hasAlertHub: false }],
  ["that is not Trailwatch's", { alarmName: "queue-too-long" }],
  ["that a composite alarm covers", { alarmName: `${CHANGE.alarm.name}-signal` }],
])("an alarm %s is not expected at the hub", async (_what, deployed) => {
  expect((await follow({ ...deployed, forwarding: undefined })).hops).toEqual([]);
});

test.each([
  ["has no rule", { hasHubRule: false }, "no rule of event bus trailwatch-alerts"],
  ["has a machine that fails", { definition: `{"StartAt": "Gone", "States": {}}` }, "there is no state 'Gone'"],
  ["has an invalid machine", { definition: "{" }, "state machine trailwatch-alert-hub: "],
])("a hub that %s sends nothing, and the hop names the reason", async (_what, deployed, reason) => {
  const { hops, sent } = await follow(deployed);
  expect(sent).toEqual([]);
  expect(hops).toMatchObject([
    { hop: "forwarding", passes: true },
    { hop: "alert hub", account: "222222222222", passes: false, reason: expect.stringContaining(reason) as string },
  ]);
});

test("what the topic rejects is kept in the queue", async () => {
  const { hops, kept } = await follow({ topicRefuses: true });
  expect(kept).toMatchObject([{ detail: { alarmName: CHANGE.alarm.name } }]);
  expect(hops.at(-1)).toMatchObject({ published: false, reason: "Topic does not exist" });
});

test("a webhook is a subscriber, by the role of the state machine", async () => {
  const webhooks = { name: "trailwatch-webhooks", formats: ["trailwatch"] } as const;
  const topics = { alerts: ALERTS, notices: "notices" };
  const { hops } = await follow({
    definition: JSON.stringify(
      stateMachine({
        known: KNOWN,
        topics,
        webhooks,
        detailsMachineArn: DETAILS,
        repeatsTable: "repeats",
        undeliveredUrl: "q",
      }),
    ),
  });
  expect(hops.at(-1)).toMatchObject({
    hop: "subscriber",
    account: "222222222222",
    topicArn: "arn:aws:events:eu-west-1:222222222222:event-bus/trailwatch-webhooks",
    protocol: "webhook",
    alarm: CHANGE.alarm.name,
    reason: HUB_ROLE,
  });
});
