import type { Pack } from "../../detection";

/** Instances, functions and images. */
export const compute: Pack = {
  id: "compute",
  title: "Instances, functions and images",
  detections: [],
};
