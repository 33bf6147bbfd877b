import type { Pack } from "../../detection";

/** The organization as a whole. */
export const organization: Pack = {
  id: "organization",
  title: "The organization as a whole",
  detections: [],
};
