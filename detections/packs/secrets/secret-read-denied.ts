import { all, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** Denied by a policy of the caller, the secret, its key or the organization. */
export const secretReadDenied: Detection = {
  id: "secret-read-denied",
  title: "Reads of secrets refused",
  meaning:
    "A principal tried several times to read secrets and was refused. CloudTrail then leaves out which ones; the " +
    "secret's ARN is in `errorMessage`.",
  why: "An intruder tests which secrets the stolen credentials can read. Denied reads come before the first successful one.",
  severity: "medium",
  threshold: 5,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006"] },
  condition: all(
    call("secretsmanager", "GetSecretValue", "BatchGetSecretValue"),
    matches("errorCode", "AccessDenied*"),
  ),
  runbook: {
    firstFiveMinutes: [
      "Run the query below: the same secret repeatedly in `errorMessage` is a workload without a permission, many " +
        "different ones are an intruder who tests permissions.",
      "In the second case, check which of the same caller's calls were allowed in that hour: " +
        "`aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>`.",
      REVOKE_ACCESS,
    ],
    falsePositives: [
      "A workload deployed before its permission, which retries.",
      "A key policy or service control policy that was tightened: “Access to KMS is not allowed”.",
    ],
    tuning: "Raise `threshold` for accounts where people develop. Fix a workload's permission rather than ignore it.",
  },
  examples: {
    matches: [
      deniedCall("secretsmanager", "GetSecretValue", {
        errorMessage: `User is not authorized to perform: secretsmanager:GetSecretValue on resource: ${EXAMPLE_SECRET_ARN}`,
      }),
      deniedCall("secretsmanager", "BatchGetSecretValue", { errorCode: "AccessDeniedException" }),
    ],
    nearMisses: [
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "GetSecretValue", { errorCode: "ResourceNotFoundException" }),
      deniedCall("secretsmanager", "ListSecrets"),
    ],
  },
};
