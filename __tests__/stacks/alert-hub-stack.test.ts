import type { z } from "zod";
import { headlineOf } from "../../lib/naming/alarm-description";
import { accountNamed } from "../../organization/organization";
import type { accountFile, organizationFile } from "../../organization/schema/schema";
import { AccountMonitoringStack } from "../../stacks/account-monitoring-stack";
import { AlertHubStack } from "../../stacks/alert-hub-stack";
import { compileEventPattern } from "../../signals";
import { readDeployment } from "../../signals/deployment/read-deployment";
import { folderOf } from "../signals/deployment/terraform-folder";
import { alarmEvent } from "../support/alarm-events";
import { only } from "../support/detections";
import { testOrganization } from "../support/organization";
import { admits } from "../support/admits";
import {
  countsOf,
  named,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthApp,
  testApp,
  type StackJson,
} from "../support/synth";

type HubInput = NonNullable<z.input<typeof organizationFile>["alertHub"]>;
type AccountInput = z.input<typeof accountFile>;

const ORGANIZATION_ID = "o-exampleorgid";
const BUS = "arn:aws:events:eu-west-1:222222222222:event-bus/trailwatch-alerts";
const STRANGER = "arn:aws:iam::999999999999:role/anybody";
const NAME = "trailwatch-alert-hub";

/** A hub in log-archive, and a member with one detection; `hub: undefined` for none. */
function synth(changes: { readonly hub?: HubInput | undefined; readonly workloads?: Partial<AccountInput> } = {}) {
  const hub = "hub" in changes ? changes.hub : { account: "log-archive" };
  const organization = testOrganization({
    alertHub: hub,
    accounts: { workloads: { ...only("watched-secret-reads"), ...changes.workloads } },
  });
  const app = testApp();
  const { alertHub } = organization;
  if (alertHub !== undefined) new AlertHubStack(app, "alert-hub", { organization, alertHub });
  const account = accountNamed(organization, "workloads");
  new AccountMonitoringStack(app, "monitoring", { organization, account, archiveKeyArn: "key" });
  return synthApp(app);
}

const withHub = synth();
const hub = named(withHub, "alert-hub");
const member = named(withHub, "monitoring");

test("every alarm of hub and member with a topic states its severity and the topic", () => {
  const stacks = [hub, named(synth({ workloads: { changeWindows: true } }), "monitoring")];
  const telling = stacks
    .flatMap((stack) => ["metric", "composite"].flatMap((kind) => resourcesOf(stack, `aws_cloudwatch_${kind}_alarm`)))
    .filter(({ alarm_actions: actions }) => Array.isArray(actions) && !String(actions).includes("raised"));
  // The queues' two alarms, the hub's failures and heartbeat, the window's two, and the detection's.
  expect(telling).toHaveLength(7);
  for (const { alarm_description: description, alarm_actions: actions } of telling) {
    expect(String(actions)).toContain(`.${headlineOf(String(description))?.kind ?? "no"}s`);
  }
});

test("without a hub a member has none of its resources", () => {
  expect(JSON.stringify(synth({ hub: undefined }))).not.toMatch(/alert-hub|alert-forwarding|kept-messages/);
});

describe("the bus", () => {
  const policy = policyOf(resourceOf(hub, "aws_cloudwatch_event_bus_policy"));
  const putEvents = (organization: Readonly<Record<string, string>>) =>
    admits(policy, { principal: STRANGER, action: "events:PutEvents", resource: BUS, context: organization });

  test("its policy", () => {
    expect(policy).toMatchInlineSnapshot(`
     {
       "Version": "2012-10-17",
       "Statement": [
         {
           "Sid": "AllowOrganization",
           "Effect": "Allow",
           "Principal": "*",
           "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:222222222222:event-bus/trailwatch-alerts",
           "Condition": {
             "StringEquals": {
               "aws:PrincipalOrgID": "o-exampleorgid"
             }
           }
         }
       ]
     }
    `);
  });

  test("no target waits for the policy of its queue, for which the provider takes 25 seconds", () => {
    const targets = [hub, member].flatMap((stack) => resourcesOf(stack, "aws_cloudwatch_event_target"));
    expect(targets.filter((target) => target.dead_letter_config !== undefined)).not.toHaveLength(0);
    expect(JSON.stringify(targets)).not.toContain("aws_sqs_queue_policy");
  });

  test.each([
    ["an account of the organization", { "aws:PrincipalOrgID": ORGANIZATION_ID }, true],
    ["an account of another organization", { "aws:PrincipalOrgID": "o-stranger00" }, false],
    ["an account of no organization", {}, false],
  ])("%s", (_who, context, admitted) => {
    expect(putEvents(context)).toBe(admitted);
  });

  test("no principal may change its rules", () => {
    const context = { "aws:PrincipalOrgID": ORGANIZATION_ID };
    expect(admits(policy, { principal: STRANGER, action: "events:PutRule", resource: BUS, context })).toBe(false);
  });
});

describe("the path of an alarm", () => {
  test("leads from the member's rule to the hub's bus, from there to the state machine", () => {
    const forwarded = resourceOf(member, "aws_cloudwatch_event_target", { target_id: "alert-hub" });
    expect(forwarded).toMatchObject({ arn: BUS, role_arn: expect.stringContaining("alarm-forwarding_role") as string });
    const target = resourceOf(hub, "aws_cloudwatch_event_target", { target_id: "messages" });
    expect(target).toMatchObject({
      arn: expect.stringContaining("aws_sfn_state_machine") as string,
      event_bus_name: expect.stringContaining("aws_cloudwatch_event_bus") as string,
    });
    expect(resourceOf(hub, "aws_cloudwatch_event_bus")).toMatchObject({ name: "trailwatch-alerts" });
  });

  test("has a queue for undelivered events at both ends, and an alarm on it", () => {
    for (const stack of [hub, member]) {
      // The member's feed has queues of its own.
      const targets = resourcesOf(stack, "aws_cloudwatch_event_target").filter(({ target_id: id }) =>
        ["alert-hub", "messages"].includes(String(id)),
      );
      expect(targets.map((target) => target.dead_letter_config !== undefined)).toEqual([true]);
      expect(resourceOf(stack, "aws_cloudwatch_metric_alarm", { namespace: "AWS/SQS" })).toMatchObject({
        threshold: 1,
        treat_missing_data: "notBreaching",
        alarm_actions: [expect.stringMatching(/aws_sns_topic_policy\.alerts_/)],
      });
    }
  });

  test.each([
    ["hub", hub, `${NAME}-undelivered`, `arn:aws:events:eu-west-1:222222222222:rule/trailwatch-alerts/${NAME}`],
    [
      "member",
      member,
      "trailwatch-alert-forwarding-undelivered",
      "arn:aws:events:eu-west-1:333333333333:rule/trailwatch-alert-forwarding",
    ],
  ])("the queue of the %s takes events of its own rule only, by TLS only", (_where, stack, queue, rule) => {
    const [, , , , account = ""] = rule.split(":");
    const policy = policyOf(queuePolicyOf(stack, queue));
    const sent = (arn: string, secure = "true") =>
      admits(policy, {
        principal: "events.amazonaws.com",
        action: "sqs:SendMessage",
        resource: `arn:aws:sqs:eu-west-1:${account}:${queue}`,
        context: { "aws:SourceArn": arn, "aws:SecureTransport": secure },
      });
    expect(sent(rule)).toBe(true);
    expect(sent(`${rule}-other`)).toBe(false);
    expect(sent(rule, "false")).toBe(false);
  });

  test("the state machine may publish to the hub's topics, count repeats and keep failed messages, nothing else", () => {
    const policy = policyOf(resourceOf(hub, "aws_iam_role_policy", { name: "publish" }));
    expect(policy.Statement.map(({ Action }) => Action)).toEqual([
      "sns:Publish",
      ["kms:GenerateDataKey*", "kms:Decrypt"],
      "dynamodb:UpdateItem",
      ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      "sqs:SendMessage",
      "states:StartSyncExecution",
    ]);
    expect(policy.Statement.flatMap(({ Resource }) => Resource)).not.toContain("*");
  });

  test("repeats are counted in a protected, encrypted table whose items expire", () => {
    expect(resourceOf(hub, "aws_dynamodb_table", { name: `${NAME}-repeats` })).toMatchObject({
      billing_mode: "PAY_PER_REQUEST",
      deletion_protection_enabled: true,
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true, kms_key_arn: expect.stringContaining("aws_kms_key") as string },
      ttl: { attribute_name: "expiresAt", enabled: true },
    });
  });

  test("only Step Functions may assume its role, for this state machine", () => {
    const trust = policyOf(resourceOf(hub, "aws_iam_role", { name: NAME }), "assume_role_policy");
    expect(statementOf(trust, "StepFunctionsAssume")).toMatchObject({
      Principal: { Service: "states.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "222222222222" },
        ArnLike: { "aws:SourceArn": `arn:aws:states:eu-west-1:222222222222:stateMachine:${NAME}` },
      },
    });
  });

  test("a member may put events on the hub's bus, nothing else", () => {
    const policy = policyOf(resourceOf(member, "aws_iam_role_policy", { name: "put-events", role: forwardingRole() }));
    expect(policy.Statement).toEqual([
      { Sid: "PutEventsAtHub", Effect: "Allow", Action: "events:PutEvents", Resource: BUS },
    ]);
  });
});

test("replay follows the path to the hub's topics", () => {
  const { accounts } = readDeployment(folderOf({ "hub.tf.json": hub, "monitoring-workloads.tf.json": member }));
  const topic = (name: string) => `arn:aws:sns:eu-west-1:222222222222:${NAME}-${name}`;
  expect(accounts.map(({ id, alertHubs = [] }) => [id, alertHubs.map(({ hub: { topics } }) => topics)])).toEqual([
    ["222222222222", []],
    ["333333333333", [{ alert: topic("alerts"), notice: topic("notices") }]],
  ]);
});

describe("the heartbeat through the hub", () => {
  test("passes the rule from the management account only, as an event of its source", () => {
    const pattern = compileEventPattern(
      String(resourceOf(hub, "aws_cloudwatch_event_rule", { name: NAME }).event_pattern),
    );
    const beat = { source: "trailwatch.heartbeat", "detail-type": "Trailwatch heartbeat", account: "111111111111" };
    expect(pattern.matches(beat)).toBe(true);
    expect(pattern.matches({ ...beat, account: "333333333333" })).toBe(false);
    expect(pattern.matches({ ...beat, source: "other" })).toBe(false);
    expect(pattern.matches(alarmEvent())).toBe(true);
  });

  test("is missed by an alarm that notifies the hub's topic directly", () => {
    const alarm = resourceOf(hub, "aws_cloudwatch_metric_alarm", { metric_name: "ExecutionsSucceeded" });
    expect(alarm).toMatchObject({
      namespace: "AWS/States",
      comparison_operator: "LessThanThreshold",
      treat_missing_data: "breaching",
      period: 3600,
      evaluation_periods: 2,
      alarm_actions: [expect.stringContaining("alerts") as string],
    });
  });

  test("is sent by the management account's schedule, by a role that may do nothing else", () => {
    const organization = testOrganization({ alertHub: { account: "log-archive" } });
    const app = testApp();
    const account = accountNamed(organization, "management");
    new AccountMonitoringStack(app, "monitoring", { organization, account, archiveKeyArn: "key" });
    const management = named(synthApp(app), "monitoring");
    const schedule = resourceOf(management, "aws_scheduler_schedule", { name: `${NAME}-heartbeat` });
    expect(JSON.stringify(schedule)).toContain("aws-sdk:eventbridge:putEvents");
    expect(JSON.stringify(schedule)).toContain("trailwatch.heartbeat");
    expect(resourcesOf(member, "aws_scheduler_schedule")).toEqual([]);
  });
});

describe("people", () => {
  test("confirm once, at the hub: an account without its own subscribers has no pending subscription", () => {
    // Of the topics for alerts and notices, and of the witness topic.
    expect(subscriptions(hub)).toEqual(["email", "email", "email"]);
    expect(subscriptions(member)).toEqual(["sqs", "sqs"]);
  });

  test("an account's own subscribers are notified in addition to the hub's", () => {
    const alerts = { email: ["oncall@example.com"] };
    const own = named(synth({ workloads: { notifications: { alerts } } }), "monitoring");
    expect(subscriptions(own)).toEqual(["email", "email"]);
    expect(resourcesOf(own, "aws_sqs_queue").map(({ name }) => name)).not.toContain("trailwatch-kept-messages");
    expect(resourceOf(own, "aws_cloudwatch_event_target", { target_id: "alert-hub" })).toMatchObject({ arn: BUS });
  });

  test("alarms keep their actions, which compliance checkers require", () => {
    for (const alarm of resourcesOf(member, "aws_cloudwatch_metric_alarm")) {
      expect(alarm.alarm_actions).toHaveLength(1);
    }
  });

  test("kept messages come from the account's topics only", () => {
    const policy = policyOf(queuePolicyOf(member, "trailwatch-kept-messages"));
    expect(statementOf(policy, "AllowTopics").Principal).toEqual({ Service: "sns.amazonaws.com" });
    expect(Object.keys(statementOf(policy, "AllowTopics").Condition ?? {})).toEqual(["ArnEquals"]);
  });
});

describe("the events of an alarm", () => {
  const DETAILS = "trailwatch-alert-details";
  const CALLER = `arn:aws:iam::222222222222:role/${DETAILS}-machine`;
  const machine = resourceOf(hub, "aws_sfn_state_machine", { name: DETAILS });
  const permission = (stack: StackJson, name: string) => policyOf(resourceOf(stack, "aws_iam_role_policy", { name }));

  test("are found by an express state machine of which nothing is logged", () => {
    expect(machine).toMatchObject({
      type: "EXPRESS",
      logging_configuration: { level: "OFF", include_execution_data: false },
      tracing_configuration: { enabled: false },
    });
    expect(JSON.stringify(resourceOf(hub, "aws_sfn_state_machine", { name: NAME }))).toContain(
      `arn:aws:states:eu-west-1:222222222222:stateMachine:${DETAILS}`,
    );
  });

  test("the machine may assume the accounts' roles in the organization, nothing else", () => {
    const { Statement } = permission(hub, "assume-details");
    expect(Statement).toEqual([
      {
        Sid: "AssumeDetails",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: `arn:aws:iam::*:role/${DETAILS}`,
        Condition: { StringEquals: { "aws:ResourceOrgID": ORGANIZATION_ID } },
      },
    ]);
  });

  test.each([
    ["the hub's machine", CALLER, ORGANIZATION_ID, true],
    ["another role of the hub's account", `${CALLER}-x`, ORGANIZATION_ID, false],
    ["a user of that name", CALLER.replace("role", "user"), ORGANIZATION_ID, false],
    ["the same role outside the organization", CALLER, "o-stranger00", false],
  ])("a member's role trusts %s: %s", (_who, arn, organization, admitted) => {
    const trust = policyOf(resourceOf(member, "aws_iam_role", { name: DETAILS }), "assume_role_policy");
    const context = { "aws:PrincipalArn": arn, "aws:PrincipalOrgID": organization };
    const principal = "arn:aws:iam::222222222222:root";
    expect(admits(trust, { principal, action: "sts:AssumeRole", context })).toBe(admitted);
    expect(admits(trust, { principal: STRANGER, action: "sts:AssumeRole", context })).toBe(false);
  });

  test("that role reads the events of the account's feed, and the definitions of filters", () => {
    const group = "arn:aws:logs:eu-west-1:333333333333:log-group:";
    expect(permission(member, "read-events").Statement).toEqual([
      { Sid: "FindFilters", Effect: "Allow", Action: "logs:DescribeMetricFilters", Resource: `${group}*` },
      {
        Sid: "ReadEvents",
        Effect: "Allow",
        Action: "logs:FilterLogEvents",
        Resource: [`${group}/aws/events/trailwatch`, `${group}/aws/events/trailwatch:*`],
      },
    ]);
  });
});

describe("chat", () => {
  test("does not exist unless it is configured", () => {
    expect(Object.keys(countsOf(hub)).filter((type) => type.includes("chatbot"))).toEqual([]);
    expect(resourcesOf(hub, "aws_sns_topic").map(({ name }) => name)).toEqual([
      `${NAME}-alerts`,
      `${NAME}-notices`,
      "trailwatch-witness",
    ]);
  });

  test("only shows messages: its role has no policy, and everything is denied", () => {
    const slack = { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" };
    const teams = {
      tenantId: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
      teamId: "6ba7b811-9dad-41d1-80b4-00c04fd430c8",
      channelId: "19%3Aabc%40thread.tacv2",
    };
    const chatty = named(synth({ hub: { account: "log-archive", chat: { slack, teams } } }), "alert-hub");
    for (const type of ["aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration"]) {
      expect(resourceOf(chatty, type)).toMatchObject({
        guardrail_policy_arns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
        sns_topic_arns: [expect.stringContaining("chat_policy")],
      });
    }
    expect(resourcesOf(chatty, "aws_iam_role_policy")).toHaveLength(3);
    expect(JSON.stringify(resourceOf(chatty, "aws_sfn_state_machine", { name: NAME }))).toContain("PublishToChat");
  });
});

function queuePolicyOf(stack: StackJson, queue: string) {
  const url = Object.entries(stack.resource?.aws_sqs_queue ?? {}).find(([, { name }]) => name === queue)?.[0] ?? "";
  return resourceOf(stack, "aws_sqs_queue_policy", { queue_url: `\${aws_sqs_queue.${url}.url}` });
}

function forwardingRole(): string {
  const roles = Object.entries(member.resource?.aws_iam_role ?? {});
  const id = roles.find(([, { name }]) => name === "trailwatch-alert-forwarding")?.[0] ?? "";
  return `\${aws_iam_role.${id}.id}`;
}

function subscriptions(stack: StackJson): unknown[] {
  return resourcesOf(stack, "aws_sns_topic_subscription").map(({ protocol }) => protocol);
}
