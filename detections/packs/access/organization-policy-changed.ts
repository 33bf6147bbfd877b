import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/** Pack `guard` watches for accounts that leave; this detection is about policies on accounts that stay. */
export const organizationPolicyChanged: Detection = {
  id: "organization-policy-changed",
  title: "Policy of the organization loosened",
  meaning: "A policy of the organization was changed, detached or deleted, its kind switched off, or an account moved.",
  why: "These policies restrict even administrators and root. Loosening one affects every account below it.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.15"], mitre: ["T1666"] },
  condition: all(
    call("organizations", "DetachPolicy", "DeletePolicy", "UpdatePolicy", "DisablePolicyType", "MoveAccount"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "List the policies in effect: `aws organizations list-policies-for-target --target-id <account or unit> --filter SERVICE_CONTROL_POLICY`.",
      "Restore it: `aws organizations attach-policy --policy-id <policy> --target-id <target>`, `enable-policy-type`, or `move-account` to its former unit.",
      "Look for calls in the accounts below it that the policy would have denied while it was missing.",
    ],
    falsePositives: ["A planned change of a policy.", "A new account moved to its unit."],
    tuning: "Ignore the role that manages the organization, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("organizations", "DetachPolicy", {
        requestParameters: { policyId: "p-example", targetId: "ou-example" },
      }),
      apiCall("organizations", "DisablePolicyType", { requestParameters: { policyType: "SERVICE_CONTROL_POLICY" } }),
      apiCall("organizations", "MoveAccount", { requestParameters: { accountId: "444455556666" } }),
    ],
    nearMisses: [
      apiCall("organizations", "AttachPolicy", {
        requestParameters: { policyId: "p-example", targetId: "ou-example" },
      }),
      apiCall("organizations", "DescribePolicy"),
      deniedCall("organizations", "DetachPolicy"),
      apiCall("iam", "DeletePolicy"),
    ],
  },
};
