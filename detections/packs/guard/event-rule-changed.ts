import { OWN_NAME } from "../../../lib/naming/own-resources";
import { all, any, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";

const BY_NAME = ["DisableRule", "DeleteRule", "PutRule"];
const BY_RULE = ["RemoveTargets", "PutTargets"];
export const RULE_CALLS = [...BY_NAME, ...BY_RULE];
const OURS = `${OWN_NAME}*`;

/** The rule that delivers events to an account. Once disabled, it may not deliver the event of its own disabling. */
export const eventRuleChanged: Detection = {
  id: "event-rule-changed",
  title: "EventBridge rule of ours disabled, changed or deleted",
  meaning:
    "Somebody other than Trailwatch's deployment changed the rule by which CloudTrail's events reach the account's log " +
    "group, or that brings them from another region.",
  why: "A disabled rule delivers no events, so no alarm is raised any more; the heartbeat alarm is raised within hours.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008"] },
  condition: (account) =>
    byOthers(account, [
      any(
        all(call("events", ...BY_NAME), matches("requestParameters.name", OURS)),
        all(call("events", ...BY_RULE), matches("requestParameters.rule", OURS)),
      ),
    ]),
  runbook: {
    firstFiveMinutes: [
      "Check its state: `aws events describe-rule --name trailwatch --region <region>`; it must be `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.",
      "`aws events enable-rule` alone would exclude read-only events: run `npx cdktf deploy monitoring-<account>`.",
      "Then verify it: `trailwatch verify <account>`. The archive contains the events missed in between.",
    ],
    falsePositives: ["A deployment of Trailwatch with personal credentials."],
    tuning: "Add no `ignore` entries: only the deployment should change this rule.",
  },
  examples: {
    matches: [
      apiCall("events", "DisableRule", { requestParameters: { name: "trailwatch" } }),
      apiCall("events", "RemoveTargets", { requestParameters: { rule: "trailwatch", ids: ["log-group"] } }),
      apiCall("events", "PutRule", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { name: "trailwatch-2", state: "ENABLED" },
      }),
    ],
    nearMisses: [
      apiCall("events", "DisableRule", { requestParameters: { name: "nightly-report" } }),
      apiCall("events", "EnableRule", { requestParameters: { name: "trailwatch" } }),
      apiCall("events", "PutTargets", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { rule: "trailwatch" },
      }),
    ],
  },
};
