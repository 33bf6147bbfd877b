import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/** The calls of CIS 4.4, and those that it omits: setting the default version, boundaries, and group membership. */
const POLICY_CHANGES = [
  ...["CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "SetDefaultPolicyVersion"],
  ...["PutUserPolicy", "DeleteUserPolicy", "AttachUserPolicy", "DetachUserPolicy", "AddUserToGroup"],
  ...["PutGroupPolicy", "DeleteGroupPolicy", "AttachGroupPolicy", "DetachGroupPolicy"],
  ...["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy"],
  ...["PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary"],
  ...["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"],
];

export const iamPolicyChanged: Detection = {
  id: "iam-policy-changed",
  title: "IAM permissions changed",
  meaning:
    "A principal changed what a user, group or role may do. Attempts that failed are left to `denied-call-burst`.",
  why: "Intruders extend a first foothold by adding permissions.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.4"], securityHub: "CloudWatch.4", mitre: ["T1098.003"] },
  condition: all(call("iam", ...POLICY_CHANGES), succeeded()),
  runbook: {
    firstFiveMinutes: [
      "Read `requestParameters`: which policy, for whom? Does it allow `iam:*`, `sts:AssumeRole` or `*`?",
      "Is there a change that explains it, a merged pull request, a deployment at that minute?",
      "If not, undo it (`aws iam detach-role-policy`, `delete-role-policy`, `set-default-policy-version`), then find out who did it.",
    ],
    falsePositives: ["A deployment that manages roles."],
    tuning:
      "Ignore each deployment role by `userIdentity.sessionContext.sessionIssuer.arn`: manual changes still raise the alarm.",
  },
  examples: {
    matches: [
      apiCall("iam", "PutRolePolicy", {
        requestParameters: { roleName: "app", policyName: "inline", policyDocument: "{}" },
      }),
      apiCall("iam", "SetDefaultPolicyVersion", { requestParameters: { versionId: "v1" } }),
      apiCall("iam", "DeleteRolePermissionsBoundary", { requestParameters: { roleName: "app" } }),
    ],
    nearMisses: [
      deniedCall("iam", "PutUserPolicy"),
      apiCall("organizations", "CreatePolicy"),
      apiCall("iot", "DeletePolicy"),
      apiCall("iam", "GetRolePolicy"),
    ],
  },
};
