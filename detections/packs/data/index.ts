import type { Pack } from "../../detection";

/** Buckets, databases and backups. */
export const data: Pack = {
  id: "data",
  description:
    "Buckets, databases and backups that are opened, copied out or destroyed. On by default in every account: any account may hold data, and most such changes are final.",
  title: "Buckets, databases and backups",
  detections: [],
};
