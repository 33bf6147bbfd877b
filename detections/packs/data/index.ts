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
    "Buckets, databases and backups that are opened, copied out or destroyed, which is mostly final. On by default in all " +
    "accounts but management: the management account should hold no data, and its log group's 100 metric filters are needed " +
    "for the organization.",
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
