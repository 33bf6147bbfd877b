import { ownNames } from "../../../lib/naming/own-names";
import { arn } from "../../../lib/aws/partitions";
import { all, any, call, equals, matches, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall } from "../../example-record";
import { byOthers } from "./deployment";
import { existingLogGroupByIdentifier } from "./existing-trail";
import { possiblyOurs } from "./ours";

export const MASKING_CALLS = ["PutDataProtectionPolicy", "PutTransformer", "DeleteTransformer"];
const PERMISSION_CALLS = ["PutResourcePolicy", "DeleteResourcePolicy"];
export const WITHHOLDING_CALLS = [...MASKING_CALLS, "PutAccountPolicy", ...PERMISSION_CALLS];
/** Policies of an account that change its events before metric filters see them. */
const MASKING_POLICIES = ["DATA_PROTECTION_POLICY", "TRANSFORMER_POLICY"];

/**
 * Metric filters see what a data protection policy masks only as asterisks, and not at all what a transformer deletes,
 * so such a policy can blind them silently.
 */
export const logEventsWithheld: Detection = {
  id: "log-events-withheld",
  title: "Log events masked, transformed or kept out",
  meaning:
    "A principal masks or transforms what is in Trailwatch's log groups, or in all of the account's, or changed the " +
    "policy by which EventBridge may write there; or tried to.",
  why: "The log group and its filters remain, but events arrive masked or not at all: nothing matches.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1562.006"] },
  coveredBy: "member-silenced",
  condition: (account) => {
    const own = ownNames(account.names);
    const ofGroups = arn(account.homeRegion, "logs", account.id, "log-group:");
    const masked = all(
      call("logs", ...MASKING_CALLS, "PutAccountPolicy"),
      possiblyOurs(
        matches("requestParameters.logGroupIdentifier", `*${own.name}*`),
        oneOf("requestParameters.policyType", MASKING_POLICIES),
      ),
    );
    const permission = all(
      call("logs", ...PERMISSION_CALLS),
      possiblyOurs(
        equals("requestParameters.policyName", own.eventsPermission),
        equals("requestParameters.resourceArn", `${ofGroups}${own.eventsLogGroup}`),
        matches("requestParameters.resourceArn", `${ofGroups}/${own.folder}*`),
      ),
    );
    const ofExisting = existingLogGroupByIdentifier("requestParameters.logGroupIdentifier", account);
    return [
      any(masked, byOthers(account, [permission])),
      ...(ofExisting.length === 0 ? [] : [all(call("logs", ...MASKING_CALLS), any(...ofExisting))]),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Check for masking: `aws logs get-data-protection-policy --log-group-identifier <group>`, `aws logs get-transformer --log-group-identifier <group>`, and `aws logs describe-account-policies --policy-type DATA_PROTECTION_POLICY` (also `TRANSFORMER_POLICY`).",
      "If there is a policy: `aws logs delete-data-protection-policy --log-group-identifier <group>`, `aws logs delete-transformer --log-group-identifier <group>`, or `aws logs delete-account-policy --policy-name <name> --policy-type DATA_PROTECTION_POLICY`.",
      "`aws logs describe-resource-policies` must list `trailwatch-events`; `npx cdktf deploy monitoring-<account>` restores it.",
    ],
    falsePositives: [
      "A privacy team that masks personal data in the whole account: have them exclude Trailwatch's log groups.",
    ],
    tuning: "Ignore the privacy team's role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("logs", "DeleteResourcePolicy", { requestParameters: { policyName: "trailwatch-events" } }),
      apiCall("logs", "PutAccountPolicy", {
        requestParameters: { policyName: "privacy", policyType: "DATA_PROTECTION_POLICY", policyDocument: "{}" },
      }),
      apiCall("logs", "PutTransformer", { requestParameters: { logGroupIdentifier: "/aws/events/trailwatch" } }),
      apiCall("logs", "PutAccountPolicy", {
        requestParameters: { policyName: "all", policyType: "TRANSFORMER_POLICY", policyDocument: "{}" },
      }),
      apiCall("logs", "PutResourcePolicy", {
        requestParameters: {
          resourceArn: `${EXAMPLE_ARN}:logs:eu-west-1:111122223333:log-group:/aws/events/trailwatch`,
          policyDocument: "{}",
        },
      }),
      apiCall("logs", "PutDataProtectionPolicy", {
        requestParameters: {
          logGroupIdentifier: `${EXAMPLE_ARN}:logs:eu-west-1:111122223333:log-group:/aws/events/trailwatch`,
        },
      }),
    ],
    nearMisses: [
      apiCall("logs", "PutDataProtectionPolicy", { requestParameters: { logGroupIdentifier: "/aws/lambda/checkout" } }),
      apiCall("logs", "PutAccountPolicy", { requestParameters: { policyType: "SUBSCRIPTION_FILTER_POLICY" } }),
      apiCall("logs", "PutTransformer", { requestParameters: { logGroupIdentifier: "/aws/lambda/checkout" } }),
      apiCall("logs", "PutResourcePolicy", { requestParameters: { policyName: "route53-query-logs" } }),
    ],
  },
};
