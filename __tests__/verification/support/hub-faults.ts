import {
  DescribeEventBusCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutPermissionCommand,
  UpdateConnectionCommand,
  type UpdateConnectionCommandInput,
} from "@aws-sdk/client-eventbridge";
import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetScheduleCommand, UpdateScheduleCommand, type UpdateScheduleCommandInput } from "@aws-sdk/client-scheduler";
import { DescribeStateMachineCommand, ListStateMachinesCommand, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { PLACEHOLDER } from "../../../modules/alert-hub/webhooks";
import type { Fault } from "./faults";
import { HUB_ACCOUNT, MEMBER } from "./garden";
import { secretOf } from "./plant-webhooks";

const BUS = "trailwatch-alerts";
const HUB = "trailwatch-alert-hub";
const DIGEST = "trailwatch-alert-hub-digest";
const WEBHOOK = "trailwatch-webhook-pager";
const FORWARDING = "trailwatch-alert-forwarding";
const inHub = { section: HUB_ACCOUNT, hop: "alert hub" } as const;
const DETAILS = "trailwatch-alert-details";
const letsRead = { section: MEMBER, hop: "alert hub", check: `role ${DETAILS} lets the hub read events` } as const;
const inMember = { section: MEMBER, hop: "forwarding" } as const;

/** What keeps alarms from people on their way through the alert hub. */
export const HUB_FAULTS: readonly Fault[] = [
  busPolicy("opened to everybody", withoutConditions, /'AllowOrganization' allows/),
  busPolicy(
    "closed to the organization",
    (policy) => policy.replace(/o-[a-z0-9]+/, "o-another000"),
    /^not .*: no statement allows it/,
  ),
  {
    name: "the hub's rule disabled",
    plant: async ({ clients }) => {
      const { events } = clients(HUB_ACCOUNT);
      const rule = { Name: HUB, EventBusName: BUS };
      await events.send(new DisableRuleCommand(rule));
      return () => events.send(new EnableRuleCommand(rule));
    },
    blamed: {
      ...inHub,
      check: `rule ${HUB} forwards alarms to state machine ${HUB}`,
      seen: /state DISABLED, not ENABLED/,
    },
  },
  definition("a state machine that calls alerts notices", HUB, (text) =>
    text.replaceAll("critical alert", "low notice"),
  ),
  definition("a state machine that names another principal", DETAILS, (text) => text.replaceAll("root", "unknown")),
  rolePolicy(
    HUB_ACCOUNT,
    { RoleName: `${DETAILS}-machine`, PolicyName: "assume-details" },
    {
      ...inHub,
      check: `role ${DETAILS}-machine may assume the accounts' roles`,
      seen: /sts:AssumeRole on .*: no statement allows it/,
    },
  ),
  rolePolicy(
    MEMBER,
    { RoleName: DETAILS, PolicyName: "read-events" },
    { ...letsRead, seen: /logs:DescribeMetricFilters on .*: no statement allows it/ },
  ),
  trustPolicy("opened to the hub's account", withoutConditions, /admits others/),
  trustPolicy("opened to everybody", (policy) => policy.replace(/\{"AWS":"[^"]+"\}/, '"*"'), /admits others/),
  trustPolicy("closed", (policy) => policy.replace("-machine", "-other"), /does not admit the hub/),
  rolePolicy(
    HUB_ACCOUNT,
    { RoleName: HUB, PolicyName: "publish" },
    {
      ...inHub,
      check: `role ${HUB} may publish to the topics`,
      seen: /sns:Publish on .*: no statement allows it/,
    },
  ),
  rolePolicy(
    MEMBER,
    { RoleName: FORWARDING, PolicyName: "put-events" },
    {
      ...inMember,
      check: `role ${FORWARDING} may do so`,
      seen: /events:PutEvents on .*: no statement allows it/,
    },
  ),
  schedule("disabled", (stored) => ({ ...stored, State: "DISABLED" }), /state DISABLED/),
  schedule(
    "moved to another time zone",
    (stored) => ({ ...stored, ScheduleExpressionTimezone: "Asia/Tokyo" }),
    /Tokyo/,
  ),
  schedule(
    "with another input",
    (stored) => ({ ...stored, Target: stored.Target && { ...stored.Target, Input: "{}" } }),
    /input, is another/,
  ),
  rolePolicy(
    HUB_ACCOUNT,
    { RoleName: DIGEST, PolicyName: "put-events" },
    { ...inHub, check: `role ${DIGEST} may do so`, seen: /events:PutEvents on .*: no statement allows it/ },
  ),
  {
    name: "a webhook without its secret",
    plant: async ({ clients, sandbox }) => {
      const { events } = clients(HUB_ACCOUNT);
      const set = (AuthParameters: UpdateConnectionCommandInput["AuthParameters"]) =>
        events.send(new UpdateConnectionCommand({ Name: WEBHOOK, AuthorizationType: "API_KEY", AuthParameters }));
      const [webhook] = sandbox.organization.alertHub?.webhooks ?? [];
      if (webhook === undefined) throw new Error("there is no webhook");
      await set({ ApiKeyAuthParameters: { ApiKeyName: PLACEHOLDER.header, ApiKeyValue: PLACEHOLDER.value } });
      return () => set(secretOf(webhook));
    },
    blamed: {
      section: HUB_ACCOUNT,
      hop: "subscriber",
      check: `connection ${WEBHOOK} has its secret`,
      seen: /^its secret was never set$/,
    },
  },
  {
    name: "an alarm that was not forwarded",
    plant: async ({ clients }) => {
      const { sqs } = clients(MEMBER);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${FORWARDING}-undelivered` }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
      return () => sqs.send(new PurgeQueueCommand({ QueueUrl }));
    },
    blamed: { ...inMember, check: `queue ${FORWARDING}-undelivered is empty`, seen: /1 alarm in it/ },
  },
];

function schedule(
  name: string,
  change: (stored: UpdateScheduleCommandInput) => UpdateScheduleCommandInput,
  seen: RegExp,
): Fault {
  return {
    name: `the digest's schedule ${name}`,
    plant: async ({ clients }) => {
      const { scheduler } = clients(HUB_ACCOUNT);
      const { ScheduleExpression, State, Target } = await scheduler.send(new GetScheduleCommand({ Name: DIGEST }));
      const stored = { Name: DIGEST, ScheduleExpression, State, Target, FlexibleTimeWindow: { Mode: "OFF" } } as const;
      await scheduler.send(new UpdateScheduleCommand(change(stored)));
      return () => scheduler.send(new UpdateScheduleCommand({ ...stored, ScheduleExpressionTimezone: "UTC" }));
    },
    blamed: { ...inHub, check: `schedule ${DIGEST} starts the digest`, seen },
  };
}

function withoutConditions(policy: string): string {
  return JSON.stringify(JSON.parse(policy), (key, value: unknown) => (key === "Condition" ? undefined : value));
}

function definition(name: string, machine: string, change: (definition: string) => string): Fault {
  return {
    name,
    plant: async ({ clients }) => {
      const { sfn } = clients(HUB_ACCOUNT);
      const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
      const stateMachineArn = stateMachines.find((one) => one.name === machine)?.stateMachineArn;
      const { definition = "" } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      const update = (text: string) => sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: text }));
      await update(change(definition));
      return () => update(definition);
    },
    blamed: { ...inHub, check: `state machine ${machine} runs`, seen: /definition is not the expected one/ },
  };
}

function trustPolicy(name: string, change: (policy: string) => string, seen: RegExp): Fault {
  return {
    name: `the trust of role ${DETAILS} ${name}`,
    plant: async ({ clients }) => {
      const { iam } = clients(MEMBER);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: DETAILS }));
      const policy = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
      const update = (PolicyDocument: string) =>
        iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: DETAILS, PolicyDocument }));
      await update(change(policy));
      return () => update(policy);
    },
    blamed: { ...letsRead, seen },
  };
}

function busPolicy(name: string, change: (policy: string) => string, seen: RegExp): Fault {
  return {
    name: `the hub's bus ${name}`,
    plant: async ({ clients }) => {
      const { events } = clients(HUB_ACCOUNT);
      const { Policy = "" } = await events.send(new DescribeEventBusCommand({ Name: BUS }));
      const put = (policy: string) => events.send(new PutPermissionCommand({ EventBusName: BUS, Policy: policy }));
      await put(change(Policy));
      return () => put(Policy);
    },
    blamed: { ...inHub, check: `event bus ${BUS} admits the organization only`, seen },
  };
}

function rolePolicy(
  account: string,
  policy: { readonly RoleName: string; readonly PolicyName: string },
  blamed: Fault["blamed"],
): Fault {
  return {
    name: `policy ${policy.PolicyName} deleted`,
    plant: async ({ clients }) => {
      const { iam } = clients(account);
      const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand(policy));
      await iam.send(new DeleteRolePolicyCommand(policy));
      const document = { PolicyDocument: decodeURIComponent(PolicyDocument) };
      return () => iam.send(new PutRolePolicyCommand({ ...policy, ...document }));
    },
    blamed,
  };
}
