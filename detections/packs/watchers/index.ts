import type { Pack } from "../../detection";

/** Other security services. */
export const watchers: Pack = {
  id: "watchers",
  title: "Other security services",
  detections: [],
};
