import { all, call, isTrue, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { CUT_OFF } from "./cut-off";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** The flag is a JSON boolean, which only `IS TRUE` matches. */
export const secretDeletedAtOnce: Detection = {
  id: "secret-deleted-at-once",
  title: "Secret deleted without a way back",
  meaning: "A secret was deleted with ForceDeleteWithoutRecovery: its value is gone.",
  why: "Nothing brings the value back, and the recovery window that would have shown a mistake was switched off by hand.",
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
      "Run the query below. A deployment that was planned? Then it is over.",
      CUT_OFF,
      "Create the secret anew under its name with a fresh credential, so that workloads start again: " +
        "`aws secretsmanager create-secret --name <secret> --secret-string file://new-value`.",
      "Look for a replica in another region, which may still hold the value: `aws secretsmanager list-secrets --region <region>`.",
    ],
    falsePositives: [
      "Terraform with `recovery_window_in_days = 0`, in test environments.",
      "A pipeline that creates a secret for each branch.",
    ],
    tuning: "Ignore the test pipeline's role. In production rather forbid `secretsmanager:ForceDeleteWithoutRecovery`.",
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
