import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/**
 * A service or resource control policy can deny our roles, or CloudTrail's delivery to the archive, in every account
 * below it. CloudTrail does not record the type of an attached policy.
 */
export const restrictingPolicyAttached: Detection = {
  id: "restricting-policy-attached",
  title: "Policy of the organization attached",
  meaning:
    "A policy was attached to the organization, a unit or an account. It may deny Trailwatch's roles, or CloudTrail's " +
    "delivery to the archive. Changes of attached policies are in `organization-policy-changed`.",
  why: "One policy stops the monitoring of every account below it, without a call in any of them.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { cis: ["4.15"], mitre: ["T1562.008", "T1666"] },
  condition: all(call("organizations", "AttachPolicy"), succeeded()),
  runbook: {
    firstFiveMinutes: [
      "Read it: `aws organizations describe-policy --policy-id <policy>`. It must not deny `trailwatch-…` roles, the deployment role, or `s3:PutObject` of `cloudtrail.amazonaws.com`.",
      "If it does: `aws organizations detach-policy --policy-id <policy> --target-id <target>`.",
      "Check the accounts below it: `trailwatch verify`. Heartbeats that are missing show which accounts it stopped.",
    ],
    falsePositives: ["A planned change of a policy. Tag and backup policies are attached by the same call."],
    tuning: "Ignore the role that manages the organization, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("organizations", "AttachPolicy", {
        awsRegion: "us-east-1",
        requestParameters: { policyId: "p-0a1b2c3d", targetId: "r-0a1b" },
      }),
      apiCall("organizations", "AttachPolicy", {
        awsRegion: "us-east-1",
        requestParameters: { policyId: "p-0a1b2c3d", targetId: "444455556666" },
      }),
    ],
    nearMisses: [
      apiCall("organizations", "CreatePolicy", { requestParameters: { type: "SERVICE_CONTROL_POLICY" } }),
      deniedCall("organizations", "AttachPolicy", { awsRegion: "us-east-1" }),
      apiCall("organizations", "ListPolicies"),
    ],
  },
};
