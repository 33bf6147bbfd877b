import { all, any, call, equals, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";
import { EXAMPLE_SECRET_ARN } from "./example-secret";

const KEY_ID = "0a1b2c3d-1111-4222-8333-444455556666";
const KEY = `${EXAMPLE_ARN}:kms:eu-west-1:111122223333:key/${KEY_ID}`;

/** CloudTrail does not say what a key encrypts: every key counts, and so do Secrets Manager's failures to use one. */
export const secretKeyUnusable: Detection = {
  id: "secret-key-unusable",
  title: "KMS key that secrets may need disabled or being deleted",
  meaning:
    "A KMS key was disabled, scheduled for deletion or lost its imported key material; or Secrets Manager already " +
    "failed to use such a key.",
  why: "Secrets encrypted with the key cannot be read while it is disabled. Once it is deleted, they are permanently lost.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485", "T1490"] },
  condition: any(
    all(call("kms", "DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial"), succeeded()),
    all(
      call("kms", "Decrypt", "GenerateDataKey"),
      oneOf("errorCode", ["DisabledException", "KMSInvalidStateException"]),
      equals("userIdentity.invokedBy", "secretsmanager.amazonaws.com"),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Check whether a secret uses the key: `aws secretsmanager list-secrets --query \"SecretList[?contains(KmsKeyId || '', '<key>')].Name\"`.",
      "If so, restore the key at once: `aws kms cancel-key-deletion --key-id <key>`, then `aws kms enable-key --key-id <key>`.",
      "Contact the caller, and check whether the same caller disabled other keys: extortion starts like this.",
    ],
    falsePositives: ["A deployment that removes a workload with its key.", "A cleanup of keys that nothing uses."],
    tuning: "Ignore the deployment role, or a key that is to be removed: `requestParameters.keyId` with an `until`.",
  },
  examples: {
    matches: [
      apiCall("kms", "DisableKey", { requestParameters: { keyId: KEY_ID } }),
      apiCall("kms", "ScheduleKeyDeletion", { requestParameters: { keyId: KEY, pendingWindowInDays: 7 } }),
      apiCall("kms", "Decrypt", {
        userIdentity: { type: "AWSService", invokedBy: "secretsmanager.amazonaws.com" },
        sourceIPAddress: "secretsmanager.amazonaws.com",
        errorCode: "DisabledException",
        errorMessage: `${KEY} is disabled.`,
        requestParameters: { encryptionContext: { SecretARN: EXAMPLE_SECRET_ARN } },
      }),
    ],
    nearMisses: [
      apiCall("kms", "CancelKeyDeletion", { requestParameters: { keyId: KEY } }),
      deniedCall("kms", "ScheduleKeyDeletion"),
      apiCall("kms", "Decrypt", { errorCode: "DisabledException", errorMessage: `${KEY} is disabled.` }),
    ],
  },
};
