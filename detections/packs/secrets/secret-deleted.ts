import { all, any, call, exists, isTrue, not } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** What `secret-deleted-at-once` does not match: scheduled deletions and failed attempts. Nothing is reported twice. */
export const secretDeleted: Detection = {
  id: "secret-deleted",
  title: "Secret deleted, or an attempt",
  meaning: "A secret was marked for deletion and can be restored for 7 to 30 days; or an attempt to delete one failed.",
  why: "Workloads that need the secret fail at their next start. Intruders also delete secrets for extortion.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485"] },
  condition: all(
    call("secretsmanager", "DeleteSecret"),
    any(not(isTrue("requestParameters.forceDeleteWithoutRecovery")), exists("errorCode")),
  ),
  runbook: {
    firstFiveMinutes: [
      "Run the query below: is the caller the deployment that owns the secret, and was its removal planned?",
      "If not, restore it: `aws secretsmanager restore-secret --secret-id <secret>`; the value is unchanged.",
      "Look for deletions of the other secrets, and for the same caller's other calls in that hour.",
      "After a denied attempt, find out who holds these credentials: secrets are rarely deleted by mistake.",
    ],
    falsePositives: ["A deployment that removes a workload with its secrets.", "A cleanup of test environments."],
    tuning: "Ignore the deployment role by `userIdentity.sessionContext.sessionIssuer.arn` in accounts for tests only.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "DeleteSecret", {
        requestParameters: { secretId: EXAMPLE_SECRET, recoveryWindowInDays: 7 },
      }),
      apiCall("secretsmanager", "DeleteSecret", {
        requestParameters: { secretId: EXAMPLE_SECRET_ARN, forceDeleteWithoutRecovery: false },
      }),
      deniedCall("secretsmanager", "DeleteSecret"),
    ],
    nearMisses: [
      apiCall("secretsmanager", "DeleteSecret", {
        requestParameters: { secretId: EXAMPLE_SECRET, forceDeleteWithoutRecovery: true },
      }),
      apiCall("secretsmanager", "RestoreSecret", { requestParameters: { secretId: EXAMPLE_SECRET } }),
    ],
  },
};
