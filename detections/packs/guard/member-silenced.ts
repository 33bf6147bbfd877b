import { ownNames } from "../../../lib/naming/own-names";
import { all, any, call, equals, matches, matchesRegex, not, oneOf, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { apiCall, assumedRole, deniedCall } from "../../example-record";
import { byOthersAnywhere } from "./any-account";
import { DEPLOYMENT_CALLS } from "./deployment-calls";
import { RULE_CALLS } from "./event-rule-changed";
import { MASKING_CALLS } from "./log-events-withheld";
import { existingLogGroupByIdentifier, existingLogGroupByName } from "./existing-trail";
import { KEY_CALLS, LOG_GROUP_CALLS } from "./log-group-changed";
import { possiblyOurs } from "./ours";
import { TRAIL_CALLS } from "./trail-changed";

const MEMBER = { recipientAccountId: "444455556666" };

/** Policies for all log groups of an account; the other types change nothing that metric filters see. */
const ACCOUNT_POLICIES = ["DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "TRANSFORMER_POLICY"];

/**
 * A name or an ARN of ours, or a policy of any name that can deny what ours allows. Another team's rule or policy that
 * mentions Trailwatch has other characters before it.
 */
function oursOrDeny({ names }: WatchedAccount): string {
  return `^[a-zA-Z0-9_:/.#-]*${ownNames(names).name}|Deny`;
}

/** Calls that name a trail, a rule or a log group in one of their parameters, by service. */
const CALLS = {
  cloudtrail: ["StopLogging", "DeleteTrail", ...TRAIL_CALLS],
  events: RULE_CALLS,
  logs: [...LOG_GROUP_CALLS, ...MASKING_CALLS, "PutResourcePolicy", "DeleteResourcePolicy"],
};

const isDeployed = (service: string, name: string): boolean => (DEPLOYMENT_CALLS[service] ?? []).includes(name);

function callsOf(wanted: (service: string, name: string) => boolean): Condition {
  return any(
    ...Object.entries(CALLS).map(([service, names]) => call(service, ...names.filter((name) => wanted(service, name)))),
  );
}

/** The key of the existing trail's log group, and what hides its events: Trailwatch's deployments change neither. */
function ofExistingLogGroup(account: WatchedAccount): Condition[] {
  const byName = existingLogGroupByName("requestParameters.logGroupName", account);
  if (byName.length === 0) return [];
  return [
    all(
      call("logs", ...KEY_CALLS, ...MASKING_CALLS),
      equals("recipientAccountId", account.id),
      any(
        ...byName,
        ...existingLogGroupByIdentifier("requestParameters.resourceIdentifier", account),
        ...existingLogGroupByIdentifier("requestParameters.logGroupIdentifier", account),
      ),
    ),
  ];
}

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
  // No record meets two: the operations differ, or the callers do.
  condition: (account) => [
    all(
      callsOf(isDeployed),
      possiblyOurs(matchesRegex("requestParameters[*]", oursOrDeny(account))),
      ...byOthersAnywhere(account),
    ),
    all(
      callsOf((...call) => !isDeployed(...call)),
      possiblyOurs(matches("requestParameters[*]", `*${ownNames(account.names).name}*`)),
    ),
    any(
      call("organizations", "LeaveOrganization"),
      // All events of a feed of kind event-bus pass the default bus.
      all(call("events", "UpdateEventBus"), equals("requestParameters.name", "default")),
      all(call("logs", "PutAccountPolicy"), possiblyOurs(oneOf("requestParameters.policyType", ACCOUNT_POLICIES))),
      ...byOthersAnywhere(account).map((others) =>
        all(call("logs", "PutResourcePolicy"), matches("requestParameters.policyDocument", "*Deny*"), not(others)),
      ),
    ),
    ...ofExistingLogGroup(account),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`) and the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
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
      apiCall("logs", "PutAccountPolicy", {
        ...MEMBER,
        requestParameters: { policyName: "shape", policyType: "TRANSFORMER_POLICY", policyDocument: "[]" },
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
