import { all, call, exists, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";
import { RESTORE_OBJECTS } from "./runbook-steps";

/** The header that names the algorithm of a customer-provided key; CloudTrail never writes the key. */
const CUSTOMER_KEY = "requestParameters.x-amz-server-side-encryption-customer-algorithm";

const BY_CUSTOMER_KEY = { "x-amz-server-side-encryption-customer-algorithm": "AES256" };

export const objectEncryptedWithForeignKey: Detection = {
  id: "object-encrypted-with-foreign-key",
  title: "Object encrypted with a key that AWS does not have",
  meaning: "An object of a watched bucket was written with a customer-provided key (SSE-C).",
  why:
    "AWS does not keep such a key: only the caller can read the object again. Ransom campaigns copy every object onto " +
    "itself this way and sell the key.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1486"] },
  condition: onType(
    "AWS::S3::Object",
    all(call("s3", "CopyObject", "PutObject", "CreateMultipartUpload"), exists(CUSTOMER_KEY), succeeded()),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the principal and the objects with the saved query. `CopyObject` with the object itself as source is ransom, unless your own team works with customer-provided keys.",
      "Revoke the principal's sessions and keys: each further second encrypts more objects.",
      ...RESTORE_OBJECTS,
      "Afterwards deny SSE-C in the bucket's policy, by `Null` on `s3:x-amz-server-side-encryption-customer-algorithm`.",
    ],
    falsePositives: ["An application that encrypts with keys of its own: it should be the only one, and known."],
    tuning: "Ignore the role of that application, not its bucket.",
  },
  examples: {
    matches: [
      objectCall(
        "CopyObject",
        { ...BY_CUSTOMER_KEY, "x-amz-copy-source": "customer-records/2026/01/invoices.csv", "x-id": "CopyObject" },
        { responseElements: BY_CUSTOMER_KEY },
      ),
      objectCall("PutObject", BY_CUSTOMER_KEY, { responseElements: BY_CUSTOMER_KEY }),
      objectCall("CreateMultipartUpload", { ...BY_CUSTOMER_KEY, uploads: "" }),
    ],
    nearMisses: [
      objectCall("GetObject", BY_CUSTOMER_KEY),
      objectCall("PutObject", { "x-amz-server-side-encryption": "aws:kms" }),
      objectCall("CopyObject", BY_CUSTOMER_KEY, FAILED),
    ],
  },
};
