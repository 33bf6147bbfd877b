import { all, any, call, differs, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** A secret can be replicated later, or be created with its replicas. */
export const secretReplicated: Detection = {
  id: "secret-replicated",
  title: "Secret copied to another region",
  meaning: "A secret got a replica in another region, or was created with one.",
  why: "The copy may be read in an unmonitored region, and can be promoted to a standalone secret that outlives the original.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006", "T1535"] },
  condition: all(
    any(
      call("secretsmanager", "ReplicateSecretToRegions"),
      all(call("secretsmanager", "CreateSecret"), differs("requestParameters.addReplicaRegions[*].region", "")),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "List the copies: `aws secretsmanager describe-secret --secret-id <secret> --query ReplicationStatus`.",
      "Check whether a workload needs the secret in that region, and whether Trailwatch monitors the region (`furtherRegions`).",
      "If not, remove the copy: `aws secretsmanager remove-regions-from-replication --secret-id <secret> " +
        "--remove-replica-regions <region>`.",
      "Look for reads there: CloudTrail's event history of that region, event name `GetSecretValue`.",
    ],
    falsePositives: ["A deployment that prepares a second region."],
    tuning: "Ignore the deployment role, with `until` set to the end of the move.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "ReplicateSecretToRegions", {
        requestParameters: { secretId: EXAMPLE_SECRET_ARN, addReplicaRegions: [{ region: "ap-south-1" }] },
      }),
      apiCall("secretsmanager", "CreateSecret", {
        requestParameters: { name: EXAMPLE_SECRET, addReplicaRegions: [{ region: "eu-central-1" }] },
      }),
    ],
    nearMisses: [
      apiCall("secretsmanager", "CreateSecret", {
        requestParameters: { name: EXAMPLE_SECRET, forceOverwriteReplicaSecret: false },
      }),
      apiCall("secretsmanager", "RemoveRegionsFromReplication", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      deniedCall("secretsmanager", "ReplicateSecretToRegions"),
    ],
  },
};
