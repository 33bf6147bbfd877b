import { call } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, serviceEvent } from "../../example-record";
import { EXAMPLE_SECRET_ARN } from "./example-secret";

/** Secrets Manager records these on its own, with an `errorMessage` at most, never an `errorCode`. */
export const secretRotationFailed: Detection = {
  id: "secret-rotation-failed",
  title: "Rotation of a secret failed or abandoned",
  meaning: "Secrets Manager could not rotate a secret, or gave a rotation up because a new version was set manually.",
  why: "The old credential stays valid for longer than agreed, or secret and database differ and workloads fail soon.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1565.001"] },
  condition: call("secretsmanager", "RotationFailed", "RotationAbandoned"),
  runbook: {
    firstFiveMinutes: [
      "The event's `additionalEventData.SecretId` names the secret, its `errorMessage` the step that failed.",
      "Compare the versions: `aws secretsmanager describe-secret --secret-id <secret> --query VersionIdsToStages`; an " +
        "AWSPENDING version beside AWSCURRENT is the incomplete rotation.",
      "Read the log of the rotation function: `aws logs tail /aws/lambda/<function> --since 1h`.",
      "If the rotation was abandoned, find who called `PutSecretValue` or `UpdateSecretVersionStage` just before, and whether it was intended.",
      "Try again: `aws secretsmanager rotate-secret --secret-id <secret>`.",
    ],
    falsePositives: ["A database that was in maintenance: Secrets Manager tries again by itself."],
    tuning: "Ignore a secret whose rotation is known to fail by `additionalEventData.SecretId`, with an `until`.",
  },
  examples: {
    matches: [
      serviceEvent("secretsmanager", "RotationFailed", {
        errorMessage: "Error when executing lambda rotate-MyProjectSecrets during createSecret step",
        additionalEventData: { SecretId: EXAMPLE_SECRET_ARN },
      }),
      serviceEvent("secretsmanager", "RotationAbandoned", { additionalEventData: { SecretId: EXAMPLE_SECRET_ARN } }),
    ],
    nearMisses: [
      serviceEvent("secretsmanager", "RotationSucceeded", { additionalEventData: { SecretId: EXAMPLE_SECRET_ARN } }),
      apiCall("secretsmanager", "RotateSecret", { requestParameters: { secretId: EXAMPLE_SECRET_ARN } }),
    ],
  },
};
