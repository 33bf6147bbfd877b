import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";
import { EXAMPLE_SECRET } from "./example-secret";

/** One call, up to 20 secrets: few workloads use it, and tools that harvest secrets do. */
export const secretBatchRead: Detection = {
  id: "secret-batch-read",
  title: "Secrets read in a batch",
  meaning: "Up to 20 secrets were read with one call, by a list of names or by a filter such as a tag.",
  why: "With a filter, a caller needs to know no secret names. Most workloads read single secrets.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006"] },
  condition: all(call("secretsmanager", "BatchGetSecretValue"), succeeded()),
  runbook: {
    firstFiveMinutes: [
      "Run the query below: does the caller belong to a workload that reads in batches? A filter by tag or by name's " +
        "beginning instead of a list is a sign of exploration.",
      "Find the values that it received: each is a `GetSecretValue` event of the same caller in the same second.",
      "If the caller is known, stop here and ignore the role (below).",
      REVOKE_ACCESS,
      "Replace each credential that it received, at its source.",
    ],
    falsePositives: ["A framework or agent that loads its configuration in a batch, at each start."],
    tuning: "Ignore the workload's role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "BatchGetSecretValue", {
        requestParameters: { secretIdList: [EXAMPLE_SECRET, "other"] },
      }),
      apiCall("secretsmanager", "BatchGetSecretValue", {
        requestParameters: { filters: [{ key: "tag-key", values: ["environment"] }] },
      }),
    ],
    nearMisses: [
      deniedCall("secretsmanager", "BatchGetSecretValue"),
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "ListSecrets", { requestParameters: { filters: [{ key: "all", values: ["db"] }] } }),
    ],
  },
};
