import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { arn, arnPrefix, globalArn } from "../../../lib/aws/partitions";
import { hubRuleRole } from "../../../lib/naming/role-names";
import { all, any, call, equals, isFalse, matches, not, oneOf, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { byDeployment, byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

/** Calls that a deployment of Trailwatch makes too, by service. */
export const HUB_CALLS = {
  states: ["UpdateStateMachine", "DeleteStateMachine", "TagResource", "UntagResource"],
  events: ["DeleteEventBus", "UpdateEventBus", "PutPermission", "RemovePermission"],
  sqs: ["DeleteQueue", "SetQueueAttributes", "UntagQueue"],
  chatbot: [
    ...["DeleteSlackChannelConfiguration", "UpdateSlackChannelConfiguration"],
    ...["DeleteMicrosoftTeamsChannelConfiguration", "UpdateMicrosoftTeamsChannelConfiguration"],
  ],
} as const;

/** Calls on the same resources that no deployment makes. */
export const HUB_ATTACKS = {
  states: ["StopExecution", "StartExecution"],
  sqs: ["PurgeQueue", "AddPermission", "RemovePermission", "StartMessageMoveTask"],
  chatbot: ["DeleteSlackWorkspaceAuthorization", "DeleteMicrosoftTeamsConfiguredTeam"],
} as const;

const QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/trailwatch-alert-hub-undelivered";
const MACHINE = `${EXAMPLE_ARN}:states:eu-west-1:111122223333:stateMachine:${PLAIN.alertHub}`;

/** The way of all accounts' alarms to people: one call there silences the organization. */
export const alertHubChanged: Detection = {
  id: "alert-hub-changed",
  title: "Alert hub or a queue of undelivered alarms changed",
  meaning:
    "A principal other than Trailwatch's deployment changed, stopped or used the alert hub's state machines, event bus or " +
    "chat configurations, or changed or emptied a queue of Trailwatch's.",
  why: "The alert hub sends the alarms of all accounts. The queues hold the alarms that it could not send, and raise alarms themselves.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  notifiesWitness: true,
  references: { mitre: ["T1562.006", "T1562.008"] },
  condition: (account) => [queues(account), ...(account.hasAlertHub === true ? [byOthers(account, hub(account))] : [])],
  runbook: {
    firstFiveMinutes: [
      "Until you have checked the hub, assume that no alarm of any account reaches you: look at the alarms in each account's console, or run `trailwatch verify`.",
      "Restore it: `npx cdktf deploy alert-hub`, for a queue also `npx cdktf deploy monitoring-<account>`. Then run `trailwatch verify`.",
      "Find the alarms that were lost: the queue `trailwatch-kept-messages` of each account keeps the messages of 14 days.",
      "Find who did it and what else they did, with the detection's saved query.",
    ],
    falsePositives: ["A deployment of Trailwatch with personal credentials.", "A test execution of the state machine."],
    tuning: "Add no `ignore` entries: only the deployment should change the alert hub.",
  },
  examples: {
    matches: [
      apiCall("states", "UpdateStateMachine", { requestParameters: { stateMachineArn: MACHINE, definition: "{}" } }),
      apiCall("states", "StartExecution", { requestParameters: { stateMachineArn: MACHINE, input: "{}" } }),
      apiCall("states", "StopExecution", {
        requestParameters: { executionArn: MACHINE.replace(":stateMachine:", ":execution:") + ":0a1b2c3d" },
      }),
      apiCall("states", "UpdateStateMachine", {
        requestParameters: { stateMachineArn: MACHINE.replace(PLAIN.alertHub, PLAIN.alertDetails), definition: "{}" },
      }),
      apiCall("states", "UntagResource", { requestParameters: { resourceArn: MACHINE, tagKeys: ["owner"] } }),
      apiCall("events", "RemovePermission", {
        requestParameters: {
          eventBusName: PLAIN.alertBus,
          statementId: "AllowOrganization",
          removeAllPermissions: false,
        },
      }),
      apiCall("events", "DeleteEventBus", { requestParameters: { name: PLAIN.alertBus } }),
      apiCall("sqs", "PurgeQueue", { requestParameters: { queueUrl: QUEUE } }),
      apiCall("sqs", "StartMessageMoveTask", {
        requestParameters: { sourceArn: `${EXAMPLE_ARN}:sqs:eu-west-1:111122223333:trailwatch-alert-hub-undelivered` },
      }),
      apiCall("sqs", "SetQueueAttributes", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { queueUrl: QUEUE, attributes: { MessageRetentionPeriod: "60" } },
      }),
      apiCall("chatbot", "DeleteSlackChannelConfiguration", {
        requestParameters: {
          chatConfigurationArn: `${EXAMPLE_ARN}:chatbot::111122223333:chat-configuration/slack-channel/${PLAIN.alertHub}`,
        },
      }),
    ],
    nearMisses: [
      // An alarm's event, as the hub's rule delivers it.
      apiCall("states", "StartExecution", {
        userIdentity: { ...assumedRole(hubRuleRole(PLAIN.alertHub)), invokedBy: "events.amazonaws.com" },
        requestParameters: { stateMachineArn: MACHINE, input: "{}" },
      }),
      apiCall("states", "UpdateStateMachine", {
        requestParameters: { stateMachineArn: MACHINE.replace(PLAIN.alertHub, "orders") },
      }),
      apiCall("events", "PutPermission", { requestParameters: { eventBusName: "orders", statementId: "partner" } }),
      apiCall("sqs", "PurgeQueue", { requestParameters: { queueUrl: QUEUE.replace("trailwatch", "orders") } }),
      apiCall("sqs", "SetQueueAttributes", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { queueUrl: QUEUE, attributes: { MessageRetentionPeriod: "1209600" } },
      }),
    ],
  },
};

/**
 * Any change of a queue of ours, whatever the call. Every account that forwards alarms has one, and one of kept messages.
 */
function queues(account: WatchedAccount): Condition {
  const { id, homeRegion } = account;
  const { pattern } = ownNames(account.names);
  const deployment = byDeployment(account);
  const byOthers = deployment === undefined ? [] : [any(not(deployment), oneOf("eventName", HUB_ATTACKS.sqs))];
  // Some clients use older endpoints, with other host names.
  const byUrl = possiblyOurs(matches("requestParameters.queueUrl", `*/${id}/${pattern}`));
  const bySource = matches("requestParameters.sourceArn", arn(homeRegion, "sqs", id, pattern));
  return any(
    all(equals("eventSource", "sqs.amazonaws.com"), isFalse("readOnly"), byUrl, ...byOthers),
    all(call("sqs", "StartMessageMoveTask"), bySource),
  );
}

function hub({ id, names, homeRegion }: WatchedAccount): Condition[] {
  const own = ownNames(names);
  const states = `${arnPrefix(homeRegion)}:states:${homeRegion}:${id}`;
  // A version or an alias follows the name.
  const machines = `${states}:stateMachine:${own.alertMachines}`;
  const chat = globalArn(homeRegion, "chatbot", id, `chat-configuration/*/${own.pattern}`);
  const ofMachine = matches("requestParameters.stateMachineArn", machines);
  return [
    all(
      call("states", ...HUB_CALLS.states),
      possiblyOurs(ofMachine, matches("requestParameters.resourceArn", machines)),
    ),
    all(
      call("events", ...HUB_CALLS.events),
      possiblyOurs(
        equals("requestParameters.name", own.alertBus),
        equals("requestParameters.eventBusName", own.alertBus),
      ),
    ),
    all(call("chatbot", ...HUB_CALLS.chatbot), possiblyOurs(matches("requestParameters.chatConfigurationArn", chat))),
    any(
      call("chatbot", ...HUB_ATTACKS.chatbot),
      all(
        call("states", ...HUB_ATTACKS.states),
        possiblyOurs(ofMachine, matches("requestParameters.executionArn", `${states}:execution:${own.alertMachines}`)),
        // The hub's own rule starts it for each alarm; only AWS can set this field.
        not(equals("userIdentity.invokedBy", "events.amazonaws.com")),
      ),
    ),
  ];
}
