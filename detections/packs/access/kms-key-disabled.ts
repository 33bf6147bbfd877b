import { arnPrefix, globalArn } from "../../../lib/aws/partitions";
import { notByService } from "../../by-service";
import { all, any, call, differs, matches, succeeded, type Field } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

const GRANTEE: Field = "requestParameters.granteePrincipal";

const grant = (granteePrincipal: string) => ({
  requestParameters: { keyId: "1234abcd-12ab-34cd-56ef-1234567890ab", granteePrincipal, operations: ["Decrypt"] },
});

export const kmsKeyDisabled: Detection = {
  id: "kms-key-disabled",
  title: "KMS key disabled, about to be deleted, given key material, or granted to another account",
  meaning:
    "A key was disabled, scheduled for deletion, lost its imported key material, or key material was imported into one; or a " +
    "principal of another account was granted its use.",
  why:
    "Everything encrypted with it is unreadable, and permanently so once the key is deleted. Who imports the material of a key " +
    "can take it away at any time: data is encrypted with such a key for ransom. With a grant, which no policy shows, another " +
    "account can decrypt it.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.7"], securityHub: "CloudWatch.7", mitre: ["T1485", "T1537"] },
  condition: ({ id, homeRegion }) => [
    all(
      any(
        call("kms", "DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial", "ImportKeyMaterial"),
        all(
          call("kms", "CreateGrant"),
          matches(GRANTEE, `${arnPrefix(homeRegion)}:iam::*`),
          differs(GRANTEE, globalArn(homeRegion, "iam", id, "*")),
          notByService(),
        ),
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Cancel the deletion: `aws kms cancel-key-deletion --key-id <key>`, then `aws kms enable-key --key-id <key>`. Both commands are safe.",
      "For an import: who holds the material, and when does it expire (`requestParameters.validTo`)? Is data encrypted again with the key?",
      "Find what the key protects: `aws kms list-aliases --key-id <key>`, `aws kms list-grants --key-id <key>`.",
      "Withdraw a grant: `aws kms revoke-grant --key-id <key> --grant-id <grant>`. Does the account in `granteePrincipal` belong to the organization?",
      "Contact the caller for the reason. An unused key can be deleted a day later without harm.",
    ],
    falsePositives: [
      "An environment being taken down by its deployment.",
      "Keys whose material your organization generates.",
      "A key for images that another account's Auto Scaling starts.",
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
      apiCall("kms", "CreateGrant", grant(`${EXAMPLE_ARN}:iam::999900001111:root`)),
    ],
    nearMisses: [
      apiCall("kms", "DisableKeyRotation"),
      apiCall("kms", "CancelKeyDeletion"),
      apiCall("kms", "GetParametersForImport"),
      apiCall("kms", "CreateGrant", grant(`${EXAMPLE_ARN}:iam::111122223333:role/Application`)),
      apiCall("kms", "CreateGrant", grant("AWS Internal")),
      deniedCall("kms", "ScheduleKeyDeletion"),
    ],
  },
};
