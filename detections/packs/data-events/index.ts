import type { Pack } from "../../detection";
import { functionInvokedByPerson } from "./function-invoked-by-person";
import { objectDeletionBurst } from "./object-deletion-burst";
import { objectEncryptedWithForeignKey } from "./object-encrypted-with-foreign-key";
import { objectMadePublic } from "./object-made-public";
import { objectReadAnonymously } from "./object-read-anonymously";
import { objectReadBurst } from "./object-read-burst";
import { objectsDeletedForGood } from "./objects-deleted-for-good";
import { tableDeletionBurst } from "./table-deletion-burst";
import { tableReadBurst } from "./table-read-burst";

/** Reads, deletions and changes of chosen objects, tables and functions. */
export const dataEvents: Pack = {
  id: "data-events",
  title: "Data events of chosen buckets, tables and functions",
  description:
    "Theft, deletion and encryption of objects, reads and deletions in tables, calls of functions by people. On by default in no " +
    "account: it is on in the management account while an entry of `trail.dataEvents` has `alarms: true`, because data events " +
    "are billed one by one.",
  events: "data",
  detections: [
    objectsDeletedForGood,
    objectDeletionBurst,
    objectEncryptedWithForeignKey,
    objectMadePublic,
    objectReadAnonymously,
    objectReadBurst,
    tableReadBurst,
    tableDeletionBurst,
    functionInvokedByPerson,
  ],
};
