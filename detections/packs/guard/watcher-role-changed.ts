import { ownNames } from "../../../lib/naming/own-names";
import { all, call, equals, matches, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

export const ROLE_CALLS = [
  ...["DeleteRole", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"],
  ...["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy"],
];

/** The role with which CloudTrail reads the accounts of the organization, and the only call that IAM allows on it. */
const CLOUDTRAILS_OWN_ROLE = "AWSServiceRoleForCloudTrail";

/** Calls that name one of Trailwatch's roles, or CloudTrail's own. */
export function ofOwnRole({ names, rolePrefix = "", chosenRoles = [] }: WatchedAccount): Condition[] {
  const role = "requestParameters.roleName";
  return [
    matches(role, `${rolePrefix}${ownNames(names).pattern}`),
    equals(role, CLOUDTRAILS_OWN_ROLE),
    ...chosenRoles.map((name) => equals(role, name)),
  ];
}

const ROLE = { roleName: "trailwatch-event-forwarding" };

/** CloudTrail writes to its log group, and EventBridge forwards between regions, with Trailwatch's roles. */
export const watcherRoleChanged: Detection = {
  id: "watcher-role-changed",
  title: "Role that the watching needs changed",
  meaning:
    "A principal other than Trailwatch's deployment deleted one of Trailwatch's roles, or changed who may take it or " +
    "what it may do; or deleted CloudTrail's own role.",
  why: "A trail that cannot write to its log group continues without a visible error, and so does a rule.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.4"], mitre: ["T1562.008", "T1098.003"] },
  coveredBy: "member-roles-changed",
  condition: (account) => [
    byOthers(account, [
      all(call("iam", ...ROLE_CALLS, "DeleteServiceLinkedRole"), possiblyOurs(...ofOwnRole(account))),
    ]),
  ],
  runbook: {
    firstFiveMinutes: [
      "List its permissions: `aws iam list-role-policies --role-name <role>`, `aws iam list-attached-role-policies --role-name <role>`.",
      "Restore it: `npx cdktf deploy monitoring-<account>` (management: also `organization-trail`).",
      "Check whether CloudTrail can still write to its log group: `aws cloudtrail get-trail-status --name <trail> --query LatestCloudWatchLogsDeliveryError`.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "A tool that sets boundaries on every role.",
    ],
    tuning: "Ignore such a tool's role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "DeleteRolePolicy", { requestParameters: { ...ROLE, policyName: "put-events" } }),
      apiCall("iam", "UpdateAssumeRolePolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { roleName: "trailwatch-organization", policyDocument: "{}" },
      }),
      apiCall("iam", "DeleteRolePermissionsBoundary", { requestParameters: ROLE }),
      apiCall("iam", "DeleteServiceLinkedRole", { requestParameters: { roleName: CLOUDTRAILS_OWN_ROLE } }),
      // The name is unknown where a policy was padded until CloudTrail left the parameters out.
      apiCall("iam", "PutRolePolicy", {
        requestParameters: { reason: "requestParameters too large", omitted: true, originalSize: 102_515 },
      }),
    ],
    nearMisses: [
      apiCall("iam", "DeleteRolePolicy", { requestParameters: { roleName: "checkout", policyName: "queue" } }),
      apiCall("iam", "DeleteServiceLinkedRole", { requestParameters: { roleName: "AWSServiceRoleForAutoScaling" } }),
      apiCall("iam", "GetRolePolicy", { requestParameters: { ...ROLE, policyName: "put-events" } }),
      apiCall("iam", "PutRolePolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { ...ROLE, policyName: "put-events" },
      }),
    ],
  },
};
