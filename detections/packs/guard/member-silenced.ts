import { all, call, equals, matches, not, type Field } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const named = (field: string, ours: string) => matches(`requestParameters.${field}` satisfies Field, ours);

const CUTS = [
  call("organizations", "LeaveOrganization"),
  all(call("cloudtrail", "StopLogging", "DeleteTrail"), named("name", "*trailwatch*")),
  all(call("events", "DisableRule", "DeleteRule"), named("name", "trailwatch*")),
  all(call("events", "PutRule"), named("name", "trailwatch*"), equals("requestParameters.state", "DISABLED")),
  all(call("events", "RemoveTargets"), named("rule", "trailwatch*")),
  all(call("logs", "DeleteLogGroup", "DeleteMetricFilter"), named("logGroupName", "*trailwatch*")),
  all(call("monitoring", "DeleteAlarms", "DisableAlarmActions"), named("alarmNames[*]", "trailwatch-*")),
  all(call("sns", "DeleteTopic"), named("topicArn", "*:trailwatch-*")),
  all(call("sns", "Unsubscribe"), named("subscriptionArn", "*:trailwatch-*")),
];
const MEMBER = { recipientAccountId: "444455556666" };

/** An account whose path is cut can no longer say so. The organization's trail still sees it, from management. */
export const memberSilenced: Detection = {
  id: "member-silenced",
  title: "Watching of another account silenced",
  meaning:
    "In a member account somebody stopped or deleted Trailwatch's trail, rule, log group, metric filters, alarms, topics " +
    "or subscriptions, or tried; or the account leaves. Trailwatch's own deployment counts too: it deletes little.",
  why: "The account itself may not be able to tell any more: its alarm could be what was deleted.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1562.008", "T1562.006"] },
  condition: ({ id }) => CUTS.map((cut) => all(cut, not(equals("recipientAccountId", id)))),
  runbook: {
    firstFiveMinutes: [
      "Which account, and who? `recipientAccountId` and `userIdentity.arn` of the event; the detection's saved query shows it.",
      "Did anybody deploy Trailwatch there just now? If not, deploy it, `npx cdktf deploy monitoring-<account>`, and `trailwatch verify <account>`.",
      "What happened there since? The organization's log group and the archive have all of it.",
    ],
    falsePositives: ["A deployment that removes a detection or a subscriber, or moves an account to another feed."],
    tuning: "Ignore `recipientAccountId` of an account that is being taken down, with an `until`.",
  },
  examples: {
    matches: [
      apiCall("events", "DisableRule", { ...MEMBER, requestParameters: { name: "trailwatch" } }),
      apiCall("monitoring", "DeleteAlarms", {
        ...MEMBER,
        requestParameters: { alarmNames: ["trailwatch-payments-x"] },
      }),
      deniedCall("organizations", "LeaveOrganization", MEMBER),
    ],
    nearMisses: [
      apiCall("events", "DisableRule", { requestParameters: { name: "trailwatch" } }),
      apiCall("events", "DisableRule", { ...MEMBER, requestParameters: { name: "nightly-report" } }),
    ],
  },
};
