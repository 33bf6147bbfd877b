import type { Pack } from "../../detection";
import { backupDeleted } from "./backup-deleted";
import { bucketMadePublic } from "./bucket-made-public";
import { bucketProtectionRemoved } from "./bucket-protection-removed";
import { dataCopiedOut } from "./data-copied-out";
import { databaseProtectionRemoved } from "./database-protection-removed";
import { resourcePolicyOpened } from "./resource-policy-opened";

/** Buckets, databases and backups. */
export const data: Pack = {
  id: "data",
  description:
    "Buckets, databases and backups that are opened, copied out or destroyed. On by default in every account: any account may hold data, and most such changes are final.",
  title: "Buckets, databases and backups",
  detections: [
    bucketMadePublic,
    dataCopiedOut,
    bucketProtectionRemoved,
    databaseProtectionRemoved,
    backupDeleted,
    resourcePolicyOpened,
  ],
};
