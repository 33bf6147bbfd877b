import { all, any, call, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** A resource policy decides who outside the account may read a secret: changes are rare and worth a look. */
export const secretPolicyChanged: Detection = {
  id: "secret-policy-changed",
  title: "Policy of a secret changed or removed",
  meaning:
    "A principal attached a resource policy to a secret, or removed the one it had; or Secrets Manager refused a policy " +
    "that would have opened the secret to everybody.",
  why: "A resource policy can open a secret to another account, and its removal also removes the denial of external callers.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006", "T1098"] },
  condition: all(
    call("secretsmanager", "PutResourcePolicy", "DeleteResourcePolicy"),
    any(succeeded(), equals("errorCode", "PublicPolicyException")),
  ),
  runbook: {
    firstFiveMinutes: [
      "Read the secret's policy as it is now: `aws secretsmanager get-resource-policy --secret-id <secret>`.",
      "If it names a principal outside the organization, or `*`, restore the previous policy first, then find out who changed it.",
      "Check what the same principal did in the hour before and after.",
    ],
    falsePositives: ["A deployment of this project, or of another that manages the secret's policy."],
    tuning: "Ignore the deployment role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "PutResourcePolicy", {
        requestParameters: { secretId: EXAMPLE_SECRET_ARN, resourcePolicy: "{}", blockPublicPolicy: true },
      }),
      apiCall("secretsmanager", "DeleteResourcePolicy", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "PutResourcePolicy", { errorCode: "PublicPolicyException" }),
    ],
    nearMisses: [
      deniedCall("secretsmanager", "PutResourcePolicy", { requestParameters: { secretId: EXAMPLE_SECRET_ARN } }),
      apiCall("ecr-public", "PutResourcePolicy"),
      apiCall("secretsmanager", "GetResourcePolicy", { requestParameters: { secretId: EXAMPLE_SECRET } }),
    ],
  },
};
