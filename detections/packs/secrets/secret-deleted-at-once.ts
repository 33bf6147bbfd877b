import { all, call, isTrue, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** The flag is a JSON boolean, which only `IS TRUE` matches. */
export const secretDeletedAtOnce: Detection = {
  id: "secret-deleted-at-once",
  title: "Secret deleted without a way back",
  meaning: "A secret was deleted with ForceDeleteWithoutRecovery: its value is gone.",
  why: "The value cannot be restored, and the caller explicitly disabled the recovery window that protects against mistakes.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485"] },
  condition: all(
    call("secretsmanager", "DeleteSecret"),
    isTrue("requestParameters.forceDeleteWithoutRecovery"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Run the query below. If it was a planned deployment, there is nothing else to do.",
      REVOKE_ACCESS,
      "Create the secret again under its name with a new credential, so that workloads can start: " +
        "`aws secretsmanager create-secret --name <secret> --secret-string file://new-value`.",
      "Look for a replica in another region, which may still hold the value: `aws secretsmanager list-secrets --region <region>`.",
    ],
    falsePositives: [
      "Terraform with `recovery_window_in_days = 0`, in test environments.",
      "A pipeline that creates a secret for each branch.",
    ],
    tuning: "Ignore the test pipeline's role. In production, deny `secretsmanager:ForceDeleteWithoutRecovery` instead.",
  },
  examples: {
    matches: [EXAMPLE_SECRET, EXAMPLE_SECRET_ARN].map((secretId) =>
      apiCall("secretsmanager", "DeleteSecret", { requestParameters: { secretId, forceDeleteWithoutRecovery: true } }),
    ),
    nearMisses: [
      apiCall("secretsmanager", "DeleteSecret", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "DeleteSecret", {
        requestParameters: { secretId: EXAMPLE_SECRET, forceDeleteWithoutRecovery: true },
        errorCode: "InvalidParameterException",
      }),
      deniedCall("secretsmanager", "DeleteSecret"),
    ],
  },
};
