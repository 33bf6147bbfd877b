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
  why: "No event comes through a disabled rule, so no alarm goes off any more; the heartbeat will tell within hours.",
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
      "What is it like? `aws events describe-rule --name trailwatch --region <region>`: its state must be `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.",
      "`aws events enable-rule` alone would leave read-only events out: deploy, `npx cdktf deploy monitoring-<account>`.",
      "Then prove it: `trailwatch verify <account>`. The archive has what was missed in between.",
    ],
    falsePositives: ["Trailwatch deployed by somebody's own credentials."],
    tuning: "Ignore nobody: nothing but the deployment has business with this rule.",
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
