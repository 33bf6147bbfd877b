import type { Pack } from "../../detection";

/** Buckets, databases and backups. */
export const data: Pack = {
  id: "data",
  title: "Buckets, databases and backups",
  detections: [],
};
