import { EXAMPLE_ARN } from "../../example-record";
import { all, call, exists, matches, matchesRegex, not, succeeded, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";
import { RESTORE_OBJECTS } from "./runbook-steps";

/** The header that names the algorithm of a customer-provided key; CloudTrail never writes the key. */
const CUSTOMER_KEY = "requestParameters.x-amz-server-side-encryption-customer-algorithm";

/** The key that S3 used, whether the request or the bucket's default named it. */
const KMS_KEY = "responseElements.x-amz-server-side-encryption-aws-kms-key-id";

const WRITES = call("s3", "CopyObject", "PutObject", "CreateMultipartUpload");

/** More ids than this leave no room for an `ignore` entry in a filter pattern. */
const MOST_ACCOUNTS = 20;

/** Keys of other organizations; nothing where there are too many accounts to tell them apart. */
function outsideKey({ organizationAccounts = [] }: WatchedAccount): readonly Condition[] {
  if (organizationAccounts.length === 0 || organizationAccounts.length > MOST_ACCOUNTS) return [];
  const ours = organizationAccounts.map((id) => `:${id}:`).join("|");
  return [all(WRITES, matches(KMS_KEY, "arn:*"), not(matchesRegex(KMS_KEY, ours)), succeeded())];
}

const byKmsKey = (account: string) => ({
  responseElements: {
    "x-amz-server-side-encryption": "aws:kms",
    "x-amz-server-side-encryption-aws-kms-key-id": `${EXAMPLE_ARN}:kms:eu-west-1:${account}:key/0a1b2c3d-4e5f-6789-0a1b-2c3d4e5f6789`,
  },
});

const BY_CUSTOMER_KEY = { "x-amz-server-side-encryption-customer-algorithm": "AES256" };

export const objectEncryptedWithForeignKey: Detection = {
  id: "object-encrypted-with-foreign-key",
  title: "Object encrypted with a key outside your control",
  meaning:
    "An object of a watched bucket was written with a customer-provided key (SSE-C), or with a KMS key of an account " +
    "outside the organization.",
  why:
    "AWS does not keep a customer-provided key, and the owner of a KMS key can take it back: then you cannot read the " +
    "object again. Ransom campaigns copy every object onto itself this way and sell the key.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1486"] },
  // S3 refuses a request with keys of both kinds.
  condition: (account) =>
    onType("AWS::S3::Object", all(WRITES, exists(CUSTOMER_KEY), succeeded()), ...outsideKey(account))(account),
  runbook: {
    firstFiveMinutes: [
      "Find the principal and the objects with the saved query. `CopyObject` with the object itself as source is ransom, unless your own team works with customer-provided keys.",
      "Revoke the principal's sessions and keys: each further second encrypts more objects.",
      ...RESTORE_OBJECTS,
      "Afterwards deny SSE-C in the bucket's policy, by `Null` on `s3:x-amz-server-side-encryption-customer-algorithm`.",
    ],
    falsePositives: [
      "A bucket that a partner shares with you, whose objects are encrypted with the partner's key.",
      "An application that encrypts with keys of its own: it should be the only one, and known.",
    ],
    tuning:
      "Ignore the role of that application, not its bucket. With more than 20 accounts in the organization, only customer-provided keys are watched: a filter pattern has no room for the ids.",
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
      objectCall("CopyObject", { "x-amz-server-side-encryption": "aws:kms" }, byKmsKey("999999999999")),
    ],
    nearMisses: [
      objectCall("GetObject", BY_CUSTOMER_KEY),
      objectCall("PutObject", { "x-amz-server-side-encryption": "aws:kms" }, byKmsKey("444455556666")),
      objectCall("PutObject", { "x-amz-server-side-encryption": "AES256" }),
      objectCall("CopyObject", BY_CUSTOMER_KEY, FAILED),
    ],
  },
};
