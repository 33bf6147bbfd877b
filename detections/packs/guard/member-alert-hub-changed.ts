import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { all, any, call, equals, matches } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { HUB_ATTACKS, HUB_CALLS } from "./alert-hub-changed";
import { byOthersAnywhere } from "./any-account";
import { possiblyOurs } from "./ours";

const HUB = { recipientAccountId: "444455556666" };
const MACHINE = `${EXAMPLE_ARN}:states:eu-west-1:444455556666:stateMachine:${PLAIN.alertHub}`;

const MACHINE_CALLS = ["UpdateStateMachine", "DeleteStateMachine"];

/** The hub's own alarms pass the hub: once it is cut, only another account can report it. */
export const memberAlertHubChanged: Detection = {
  id: "member-alert-hub-changed",
  title: "Alert hub changed, seen from the management account",
  meaning:
    "In the hub's account, a principal other than Trailwatch's deployment changed or deleted the alert hub's state " +
    "machines, event bus or chat configurations, or tried to.",
  why: "The alert hub sends the alarms of all accounts. One such call silences the organization, the hub's account included.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.006", "T1562.008"] },
  condition: (account) => {
    const own = ownNames(account.names);
    const { alertHubAccount } = account;
    // In its own account, alert-hub-changed counts the same events.
    if (alertHubAccount === undefined || alertHubAccount === account.id) return [];
    return [
      all(
        equals("recipientAccountId", alertHubAccount),
        any(
          call("chatbot", ...HUB_CALLS.chatbot, ...HUB_ATTACKS.chatbot),
          all(
            any(call("states", ...MACHINE_CALLS), call("events", ...HUB_CALLS.events)),
            possiblyOurs(
              matches("requestParameters.stateMachineArn", `*:${own.alertMachines}`),
              equals("requestParameters.name", own.alertBus),
              equals("requestParameters.eventBusName", own.alertBus),
            ),
          ),
        ),
        ...byOthersAnywhere(account),
      ),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Assume that no alarm of any account reaches you. Look at the alarms in the accounts' consoles, or run `trailwatch verify`.",
      "Restore the hub: `npx cdktf deploy alert-hub`. Then prove it: `trailwatch verify <account of the hub> --notify`.",
      "Find who did it with the detection's saved query, and what else the same principal did in the hub's account.",
    ],
    falsePositives: ["A deployment of Trailwatch with personal credentials."],
    tuning: "Add no `ignore` entries: only the deployment should change the alert hub.",
  },
  examples: {
    matches: [
      apiCall("states", "UpdateStateMachine", { ...HUB, requestParameters: { stateMachineArn: MACHINE } }),
      apiCall("states", "DeleteStateMachine", {
        ...HUB,
        requestParameters: { stateMachineArn: MACHINE.replace(PLAIN.alertHub, PLAIN.alertDetails) },
      }),
      apiCall("states", "UpdateStateMachine", { ...HUB, requestParameters: { omitted: true } }),
      apiCall("events", "DeleteEventBus", { ...HUB, requestParameters: { name: PLAIN.alertBus } }),
      apiCall("events", "RemovePermission", { ...HUB, requestParameters: { eventBusName: PLAIN.alertBus } }),
      apiCall("chatbot", "DeleteSlackChannelConfiguration", {
        ...HUB,
        awsRegion: "us-east-2",
        requestParameters: {
          chatConfigurationArn: `${EXAMPLE_ARN}:chatbot::444455556666:chat-configuration/slack-channel/${PLAIN.alertHub}`,
        },
      }),
    ],
    nearMisses: [
      apiCall("states", "UpdateStateMachine", {
        ...HUB,
        requestParameters: { stateMachineArn: MACHINE.replace(PLAIN.alertHub, "orders") },
      }),
      apiCall("states", "UpdateStateMachine", {
        recipientAccountId: "555566667777",
        requestParameters: { stateMachineArn: MACHINE },
      }),
      apiCall("events", "UpdateEventBus", {
        ...HUB,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: PLAIN.alertBus },
      }),
    ],
  },
};
