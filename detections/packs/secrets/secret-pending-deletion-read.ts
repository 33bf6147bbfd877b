import { all, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall } from "../../example-record";
import { EXAMPLE_SECRET } from "./example-secret";

/** Identified by the message, as in AWS's own guide: other refusals have the same error code. */
export const secretPendingDeletionRead: Detection = {
  id: "secret-pending-deletion-read",
  title: "Secret pending deletion still in use",
  meaning: "A principal requested a secret that is marked for deletion, and was refused.",
  why: "A caller still needs the secret. After the recovery window, it cannot be restored.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485"] },
  condition: all(
    call("secretsmanager", "GetSecretValue"),
    matches("errorMessage", "*because it was marked for deletion*"),
  ),
  runbook: {
    firstFiveMinutes: [
      "Check how much time is left: `aws secretsmanager list-secrets --include-planned-deletion --query " +
        "'SecretList[?DeletedDate].[Name,DeletedDate]'`; the window ends 7 to 30 days after that date.",
      "If the reader is a workload of yours, restore the secret now: `aws secretsmanager restore-secret --secret-id <secret>`.",
      "Then find out who deleted it, and whether on purpose: the runbook of `secret-deleted` has the query.",
    ],
    falsePositives: ["An old version of a workload that is being shut down together with its secret."],
    tuning: "Ignore the old workload by its role, with `until` set to the end of the recovery window.",
  },
  examples: {
    matches: [EXAMPLE_SECRET, "payments/old"].map((secretId) =>
      apiCall("secretsmanager", "GetSecretValue", {
        requestParameters: { secretId },
        errorCode: "InvalidRequestException",
        errorMessage: "You can't perform this operation on the secret because it was marked for deletion.",
      }),
    ),
    nearMisses: [
      apiCall("secretsmanager", "GetSecretValue", {
        errorCode: "InvalidRequestException",
        errorMessage: "You can't perform this operation on secret version because it was deleted.",
      }),
      apiCall("secretsmanager", "PutSecretValue", {
        errorCode: "InvalidRequestException",
        errorMessage: "You can't perform this operation on the secret because it was marked for deletion.",
      }),
    ],
  },
};
