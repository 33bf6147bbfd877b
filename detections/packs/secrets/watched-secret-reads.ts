import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";
import { readsOf } from "./watched-secrets";

/** The secrets that the account watches, in all spellings of callers. A failed read counts when it names its secret. */
export const watchedSecretReads: Detection = {
  id: "watched-secret-reads",
  title: "Watched secret read",
  meaning:
    "A principal requested the value of a secret that the account watches, by name, by ARN, or within a batch, for each " +
    "secret of which CloudTrail also records a read.",
  why: "A secret that was read can be used from anywhere. Its own workload reads it at known times; other callers should not.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006"] },
  condition: (account) => readsOf(account.watchedSecrets),
  runbook: {
    firstFiveMinutes: [
      "Run the query below. Is the caller the workload that owns the secret, from its usual address?",
      "If not, replace the credential at its source (database, vendor) before anything else, then store the new one: " +
        "`aws secretsmanager put-secret-value --secret-id <secret> --secret-string file://new-value`.",
      REVOKE_ACCESS,
      "Look for use of the credential outside AWS since the first read: the old value stays valid until it is replaced.",
    ],
    falsePositives: [
      "The workload starts, scales out or deploys.",
      "A rotation: its function reads the secret several times.",
      "`terraform plan` on the secret's version: the AWS provider reads the value to compare it.",
    ],
    tuning:
      "Set `threshold` above what one start of the workload reads. Prefer this to ignoring the workload's role: " +
      "a stolen session of it looks the same. The filters cannot hold another wildcard, so an `ignore` needs `equals`.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: EXAMPLE_SECRET_ARN } }),
      apiCall("secretsmanager", "GetSecretValue", {
        userIdentity: assumedRole("AWSReservedSSO_Developer_0123456789abcdef", "alice@example.com"),
        requestParameters: { secretId: EXAMPLE_SECRET_ARN.slice(0, -"-AbCdEf".length), versionStage: "AWSCURRENT" },
      }),
    ],
    nearMisses: [
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: `${EXAMPLE_SECRET}2` } }),
      apiCall("secretsmanager", "DescribeSecret", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "GetSecretValue", { errorCode: "AccessDenied", errorMessage: "not authorized" }),
    ],
  },
};
