import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { all, any, call, equals, not } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

/** A policy of any name can deny EventBridge and CloudTrail to write to the account's log groups. */
export const LOG_POLICY_CALLS = ["PutResourcePolicy", "DeleteResourcePolicy"];

/** Changes that are usually another team's, and can keep events from our log groups or copy them elsewhere. */
export const logPolicyChanged: Detection = {
  id: "log-policy-changed",
  title: "Policy of all log groups changed, or tag of ours removed",
  meaning:
    "A principal other than Trailwatch's deployment changed a resource policy of CloudWatch Logs, set a subscription " +
    "filter for every log group of the account, or removed the tag of one of Trailwatch's log groups or keys; or tried to.",
  why: "A resource policy of any name can deny EventBridge to write events. A subscription filter copies them to another account.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1537"] },
  condition: (account) => {
    const own = ownNames(account.names);
    return [
      byOthers(account, [
        // `log-events-withheld` pages for our own policy.
        all(call("logs", ...LOG_POLICY_CALLS), not(equals("requestParameters.policyName", own.eventsPermission))),
        all(
          any(call("logs", "PutAccountPolicy", "UntagResource", "UntagLogGroup"), call("kms", "UntagResource")),
          possiblyOurs(
            equals("requestParameters.policyType", "SUBSCRIPTION_FILTER_POLICY"),
            equals("requestParameters.tagKeys[*]", own.stackTag),
            equals("requestParameters.tags[*]", own.stackTag),
          ),
        ),
      ]),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "List the policies: `aws logs describe-resource-policies`. None may hold a `Deny` for `events.amazonaws.com`, `delivery.logs.amazonaws.com` or `cloudtrail.amazonaws.com`. If one does: `aws logs delete-resource-policy --policy-name <name>`.",
      "List the subscription filters of the account: `aws logs describe-account-policies --policy-type SUBSCRIPTION_FILTER_POLICY`. The destination must be an account of yours.",
      "Check whether events still arrive: `aws logs tail <log group> --since 15m`. If a tag was removed: `npx cdktf deploy monitoring-<account>`.",
    ],
    falsePositives: [
      "A team that lets a service of AWS write to a log group of its own, such as Route 53 or Step Functions.",
      "AWS itself, which adds the policy `AWSLogDeliveryWrite20150319` when a service begins to deliver logs.",
      "A central log platform that subscribes to all log groups.",
    ],
    tuning:
      "Ignore AWS's own policy by `requestParameters.policyName`, and a team's role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("logs", "PutResourcePolicy", { requestParameters: { policyName: "other", policyDocument: "{}" } }),
      apiCall("logs", "PutAccountPolicy", {
        requestParameters: { policyName: "all", policyType: "SUBSCRIPTION_FILTER_POLICY", policyDocument: "{}" },
      }),
      apiCall("logs", "UntagResource", {
        requestParameters: {
          resourceArn: `${EXAMPLE_ARN}:logs:eu-west-1:111122223333:log-group:/aws/events/trailwatch`,
          tagKeys: [PLAIN.stackTag],
        },
      }),
      apiCall("kms", "UntagResource", {
        requestParameters: { keyId: "0a1b2c3d-1111-4222-8333-444455556666", tagKeys: ["owner", PLAIN.stackTag] },
      }),
      apiCall("logs", "UntagLogGroup", {
        requestParameters: { logGroupName: "/aws/events/trailwatch", tags: [PLAIN.stackTag] },
      }),
    ],
    nearMisses: [
      apiCall("logs", "PutAccountPolicy", {
        requestParameters: { policyName: "index", policyType: "FIELD_INDEX_POLICY", policyDocument: "{}" },
      }),
      apiCall("logs", "UntagResource", { requestParameters: { resourceArn: "x", tagKeys: ["owner"] } }),
      apiCall("kms", "UntagResource", { requestParameters: { keyId: "x", tagKeys: ["owner"] } }),
      apiCall("logs", "PutResourcePolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { policyName: PLAIN.eventsPermission, policyDocument: "{}" },
      }),
    ],
  },
};
