import { ownNames } from "../../../lib/naming/own-names";
import { all, any, call, equals, exists, matches, not, oneOf, type Condition } from "../../condition";
import { watchesAll, type Detection, type WatchedAccount } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

/** `EnableRule` too: a rule that it enables no longer gets read-only events. */
const BY_NAME = ["DisableRule", "EnableRule", "DeleteRule", "PutRule"];
const BY_RULE = ["RemoveTargets", "PutTargets"];
export const RULE_CALLS = [...BY_NAME, ...BY_RULE];

/** Calls on the default event bus, which belongs to the account: no deployment changes it. */
export const BUS_POLICY_CALLS = ["PutPermission", "RemovePermission"];
const bus = "requestParameters.eventBusName";
const ofDefaultBus = [
  all(equals("eventName", "UpdateEventBus"), equals("requestParameters.name", "default")),
  all(oneOf("eventName", BUS_POLICY_CALLS), any(not(exists(bus)), equals(bus, "default"))),
];
function ofRules({ names }: WatchedAccount): Condition {
  const ours = `${ownNames(names).name}*`;
  return all(
    call("events", ...RULE_CALLS),
    possiblyOurs(matches("requestParameters.name", ours), matches("requestParameters.rule", ours)),
  );
}

/** The rule that delivers events to an account. Once disabled, it may not deliver the event of its own disabling. */
export const eventRuleChanged: Detection = {
  id: "event-rule-changed",
  title: "EventBridge rule of ours, or the default event bus, changed",
  meaning:
    "A principal other than Trailwatch's deployment changed the rule by which CloudTrail's events reach the account's " +
    "log group, or that brings them from another region; or the key or policy of the default event bus.",
  why: "A disabled rule delivers no events, so no alarm is raised any more; the heartbeat alarm is raised within hours.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008"] },
  condition: (account) => [
    all(
      equals("eventSource", "events.amazonaws.com"),
      any(...ofDefaultBus, ...(watchesAll(account, "member-silenced") ? [] : [byOthers(account, [ofRules(account)])])),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "The event names the rule and its region. Check its state: `aws events describe-rule --name <rule> --region <region>`; it must be `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.",
      "`aws events enable-rule` alone would exclude read-only events: run `npx cdktf deploy monitoring-<account>`.",
      "Then verify it: `trailwatch verify <account>`. The archive contains the events missed in between.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "A team that lets another account send events to the default event bus.",
    ],
    tuning:
      "Ignore a team's role that sets the policy of the default event bus by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("events", "DisableRule", { requestParameters: { name: "trailwatch" } }),
      apiCall("events", "RemoveTargets", { requestParameters: { rule: "trailwatch", ids: ["log-group"] } }),
      apiCall("events", "EnableRule", { requestParameters: { name: "trailwatch" } }),
      apiCall("events", "UpdateEventBus", { requestParameters: { name: "default", kmsKeyIdentifier: "alias/x" } }),
      apiCall("events", "PutPermission", {
        requestParameters: { statementId: "x", principal: "*", action: "events:PutEvents" },
      }),
      apiCall("events", "PutPermission", { requestParameters: { eventBusName: "default", policy: "{}" } }),
      apiCall("events", "DisableRule", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: "trailwatch" },
      }),
      apiCall("events", "PutRule", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { name: "trailwatch-2", state: "ENABLED" },
      }),
    ],
    nearMisses: [
      apiCall("events", "DisableRule", { requestParameters: { name: "nightly-report" } }),
      apiCall("events", "EnableRule", { requestParameters: { name: "nightly-report" } }),
      apiCall("events", "PutPermission", { requestParameters: { eventBusName: "orders", statementId: "x" } }),
      apiCall("events", "PutTargets", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { rule: "trailwatch" },
      }),
    ],
  },
};
