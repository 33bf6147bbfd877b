import type { Pack } from "../../detection";
import { parameterBatchRead } from "./parameter-batch-read";
import { parameterReadBurst } from "./parameter-read-burst";
import { secretBatchRead } from "./secret-batch-read";
import { secretDeleted } from "./secret-deleted";
import { secretDeletedAtOnce } from "./secret-deleted-at-once";
import { secretKeyUnusable } from "./secret-key-unusable";
import { secretPendingDeletionRead } from "./secret-pending-deletion-read";
import { secretPolicyChanged } from "./secret-policy-changed";
import { secretReadBurst } from "./secret-read-burst";
import { secretReadDenied } from "./secret-read-denied";
import { secretReplicated } from "./secret-replicated";
import { secretRotationFailed } from "./secret-rotation-failed";
import { watchedSecretReads } from "./watched-secret-reads";

/** Secrets that are read, shared, or made unavailable to their workloads. */
export const secrets: Pack = {
  id: "secrets",
  description:
    "Secrets and parameters that are read in bulk, shared, deleted or made unusable. On by default in every account: any account may hold secrets.",
  title: "Secrets",
  detections: [
    watchedSecretReads,
    secretReadBurst,
    secretBatchRead,
    secretReadDenied,
    secretPendingDeletionRead,
    secretPolicyChanged,
    secretDeleted,
    secretDeletedAtOnce,
    secretReplicated,
    secretRotationFailed,
    secretKeyUnusable,
    parameterReadBurst,
    parameterBatchRead,
  ],
};
