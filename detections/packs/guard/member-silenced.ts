import { all, equals, not } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { PATH_CUTS } from "./path-cuts";

const MEMBER = { recipientAccountId: "444455556666" };

/**
 * An account whose path is cut can no longer report it. The organization trail still sees it, in the management
 * account.
 */
export const memberSilenced: Detection = {
  id: "member-silenced",
  title: "Watching of another account silenced",
  meaning:
    "In a member account somebody stopped or deleted Trailwatch's trail, rule, log group, metric filters, alarms, topics " +
    "or subscriptions, or tried; or the account leaves. Trailwatch's own deployment counts too: it deletes little.",
  why: "The account itself may no longer send notifications: its alarm may be what was deleted.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1562.008", "T1562.006"] },
  condition: ({ id }) => PATH_CUTS.map((cut) => all(cut, not(equals("recipientAccountId", id)))),
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`) and the caller (`userIdentity.arn`) with the detection's saved query.",
      "Check whether Trailwatch was just deployed there. If not, run `npx cdktf deploy monitoring-<account>` and `trailwatch verify <account>`.",
      "Check what has happened there since: the organization's log group and the archive contain all events.",
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
      apiCall("events", "PutRule", { ...MEMBER, requestParameters: { name: "trailwatch", state: "DISABLED" } }),
      apiCall("events", "RemoveTargets", { ...MEMBER, requestParameters: { rule: "trailwatch" } }),
    ],
    nearMisses: [
      apiCall("events", "DisableRule", { requestParameters: { name: "trailwatch" } }),
      apiCall("events", "DisableRule", { ...MEMBER, requestParameters: { name: "nightly-report" } }),
    ],
  },
};
