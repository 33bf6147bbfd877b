import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

export const kmsKeyDisabled: Detection = {
  id: "kms-key-disabled",
  title: "KMS key disabled, about to be deleted or given key material",
  meaning:
    "A key was disabled, scheduled for deletion, or lost its imported key material; or key material was imported into one.",
  why: "Everything encrypted with it is unreadable, and permanently so once the key is deleted. Who imports the material of a key can take it away at any time: data is encrypted with such a key for ransom.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.7"], securityHub: "CloudWatch.7", mitre: ["T1485"] },
  condition: all(
    call("kms", "DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial", "ImportKeyMaterial"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Cancel the deletion: `aws kms cancel-key-deletion --key-id <key>`, then `aws kms enable-key --key-id <key>`. Both commands are safe.",
      "For an import: who holds the material, and when does it expire (`requestParameters.validTo`)? Is data encrypted again with the key?",
      "Find what the key protects: `aws kms list-aliases --key-id <key>`, `aws kms list-grants --key-id <key>`.",
      "Contact the caller for the reason. An unused key can be deleted a day later without harm.",
    ],
    falsePositives: [
      "An environment being taken down by its deployment.",
      "Keys whose material your organization generates.",
    ],
    tuning: "Ignore the deployment role of test environments, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("kms", "DisableKey", { requestParameters: { keyId: "1234abcd-12ab-34cd-56ef-1234567890ab" } }),
      apiCall("kms", "ScheduleKeyDeletion", { requestParameters: { pendingWindowInDays: 7 } }),
      apiCall("kms", "DeleteImportedKeyMaterial"),
      apiCall("kms", "ImportKeyMaterial", {
        requestParameters: { keyId: "1234abcd-12ab-34cd-56ef-1234567890ab", expirationModel: "KEY_MATERIAL_EXPIRES" },
      }),
    ],
    nearMisses: [
      apiCall("kms", "DisableKeyRotation"),
      apiCall("kms", "CancelKeyDeletion"),
      apiCall("kms", "GetParametersForImport"),
      deniedCall("kms", "ScheduleKeyDeletion"),
    ],
  },
};
