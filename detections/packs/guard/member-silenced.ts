import { OWN_NAME } from "../../../lib/naming/own-resources";
import { EVENTS_PERMISSION } from "../../../lib/naming/resource-names";
import { all, any, call, exists, matches, not, oneOf, equals } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole, deniedCall } from "../../example-record";
import { callByOthers, exceptDeployed } from "./any-account";
import { RULE_CALLS } from "./event-rule-changed";
import { WITHHOLDING_CALLS } from "./log-events-withheld";
import { LOG_GROUP_CALLS } from "./log-group-changed";
import { possiblyOurs } from "./ours";
import { TRAIL_CALLS } from "./trail-changed";

const MEMBER = { recipientAccountId: "444455556666" };
const OURS_ANYWHERE = `*${OWN_NAME}*`;

/** Policies for all log groups of an account; the other types change nothing that metric filters see. */
const ACCOUNT_POLICIES = ["DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "TRANSFORMER_POLICY"];

const PERMISSION_CALLS = ["PutResourcePolicy", "DeleteResourcePolicy"];

const unique = (...names: readonly string[]): string[] => [...new Set(names)];

/**
 * An account whose path is cut can no longer report it, because the change holds before its event arrives. The
 * organization trail still sees it, in the management account.
 */
export const memberSilenced: Detection = {
  id: "member-silenced",
  title: "Feed of an account cut",
  meaning:
    "In any account, a principal other than Trailwatch's deployment changed or deleted Trailwatch's trail, rules, log " +
    "groups or metric filters, or a policy on which they depend, or tried to; or the account left the organization.",
  why: "The change holds before its event arrives, so the account itself may raise no alarm.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.008", "T1562.006"] },
  condition: (account) => [
    any(
      call("organizations", "LeaveOrganization"),
      all(
        callByOthers(account, "cloudtrail", unique("StopLogging", "DeleteTrail", ...TRAIL_CALLS)),
        matches("requestParameters.name", OURS_ANYWHERE),
      ),
    ),
    any(
      all(
        callByOthers(account, "cloudtrail", unique(...TRAIL_CALLS, "PutEventConfiguration")),
        possiblyOurs(matches("requestParameters.trailName", OURS_ANYWHERE)),
      ),
      // All events of a feed of kind event-bus pass the default bus.
      all(call("events", "UpdateEventBus"), equals("requestParameters.name", "default")),
    ),
    all(
      callByOthers(account, "events", RULE_CALLS),
      possiblyOurs(
        matches("requestParameters.name", `${OWN_NAME}*`),
        matches("requestParameters.rule", `${OWN_NAME}*`),
      ),
    ),
    all(
      callByOthers(account, "logs", unique(...LOG_GROUP_CALLS, "CreateLogGroup")),
      matches("requestParameters.logGroupName", OURS_ANYWHERE),
    ),
    all(
      callByOthers(account, "logs", ["AssociateKmsKey", "DisassociateKmsKey"]),
      not(exists("requestParameters.logGroupName")),
      matches("requestParameters.resourceIdentifier", OURS_ANYWHERE),
    ),
    all(
      callByOthers(account, "logs", unique(...WITHHOLDING_CALLS, "PutTransformer")),
      matches("requestParameters.logGroupIdentifier", OURS_ANYWHERE),
    ),
    all(
      equals("eventSource", "logs.amazonaws.com"),
      any(
        all(equals("eventName", "PutAccountPolicy"), oneOf("requestParameters.policyType", ACCOUNT_POLICIES)),
        all(
          oneOf("eventName", PERMISSION_CALLS),
          equals("requestParameters.policyName", EVENTS_PERMISSION),
          ...exceptDeployed(account, "logs", PERMISSION_CALLS),
        ),
        // A policy of any name can deny what ours allows.
        all(equals("eventName", "PutResourcePolicy"), matches("requestParameters.policyDocument", "*Deny*")),
      ),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`) and the caller (`userIdentity.arn`) with the query in the message or the detection's saved query.",
      "Restore the account: `npx cdktf deploy monitoring-<account>` (management: also `organization-trail`), then `trailwatch verify <account>`. A data protection policy, transformer or log resource policy that Trailwatch did not create must be deleted by hand.",
      "Check what has happened there since: the organization's log group and the archive contain all events.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "Another team's account policy for CloudWatch Logs, or a log resource policy with a Deny.",
    ],
    tuning: "Ignore `recipientAccountId` of an account that is being taken down, with an `until`.",
  },
  examples: {
    matches: [
      apiCall("events", "PutRule", { ...MEMBER, requestParameters: { name: "trailwatch", eventPattern: "{}" } }),
      apiCall("logs", "PutMetricFilter", {
        requestParameters: { logGroupName: "/aws/events/trailwatch", filterName: "trailwatch-root-use" },
      }),
      deniedCall("organizations", "LeaveOrganization", MEMBER),
      apiCall("cloudtrail", "PutEventSelectors", { ...MEMBER, requestParameters: { trailName: "trailwatch-account" } }),
      apiCall("cloudtrail", "StopLogging", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: "trailwatch-organization" },
      }),
      apiCall("events", "RemoveTargets", { ...MEMBER, requestParameters: { rule: "trailwatch" } }),
      apiCall("logs", "PutTransformer", {
        ...MEMBER,
        requestParameters: { logGroupIdentifier: "/aws/events/trailwatch" },
      }),
      apiCall("logs", "PutResourcePolicy", {
        ...MEMBER,
        requestParameters: { policyName: "quiet", policyDocument: '{"Statement":[{"Effect":"Deny"}]}' },
      }),
    ],
    nearMisses: [
      apiCall("events", "PutRule", {
        ...MEMBER,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: "trailwatch" },
      }),
      apiCall("events", "DisableRule", { ...MEMBER, requestParameters: { name: "nightly-report" } }),
      apiCall("logs", "PutResourcePolicy", {
        ...MEMBER,
        requestParameters: { policyName: "route53", policyDocument: '{"Statement":[{"Effect":"Allow"}]}' },
      }),
    ],
  },
};
