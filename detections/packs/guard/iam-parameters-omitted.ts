import { all, equals } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { OMITTED } from "./ours";

const TOO_LARGE = { reason: "requestParameters too large", omitted: true, originalSize: 102_515 };

/** IAM does not count blanks in a policy, so a small policy can be padded until CloudTrail records none of it. */
export const iamParametersOmitted: Detection = {
  id: "iam-parameters-omitted",
  title: "IAM call with parameters that CloudTrail left out",
  meaning: "The parameters of an IAM call exceeded 100 KB, so its record shows neither what was changed nor how.",
  why: "No policy of IAM is that large. Blanks hide which role was changed and what it may do.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1098.003"] },
  condition: all(equals("eventSource", "iam.amazonaws.com"), OMITTED),
  runbook: {
    firstFiveMinutes: [
      "Find the principal (`userIdentity.arn`) and revoke its sessions unless it can explain the call.",
      "Find what changed: `aws iam get-account-authorization-details`, compared with your code; a padded policy holds long runs of blanks.",
      "Check Trailwatch's own roles: `npx cdktf diff monitoring-<account>`.",
    ],
    falsePositives: ["A tool that formats policies with very deep indentation."],
    tuning: "Add no `ignore` entries: correct the tool.",
  },
  examples: {
    matches: [
      apiCall("iam", "PutUserPolicy", { awsRegion: "us-east-1", requestParameters: TOO_LARGE }),
      apiCall("iam", "CreatePolicy", {
        awsRegion: "us-east-1",
        requestParameters: { ...TOO_LARGE, omitted: "true" },
      }),
      apiCall("iam", "PutRolePolicy", {
        awsRegion: "us-east-1",
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: TOO_LARGE,
      }),
    ],
    nearMisses: [
      apiCall("iam", "PutUserPolicy", { requestParameters: { userName: "x", policyName: "y", policyDocument: "{}" } }),
      apiCall("glue", "BatchCreatePartition", { requestParameters: TOO_LARGE }),
    ],
  },
};
