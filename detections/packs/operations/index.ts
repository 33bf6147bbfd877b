import type { Pack } from "../../detection";

/** Work by hand. */
export const operations: Pack = {
  id: "operations",
  title: "Work by hand",
  detections: [],
};
