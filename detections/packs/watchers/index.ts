import type { Pack } from "../../detection";

/** Other security services. */
export const watchers: Pack = {
  id: "watchers",
  description:
    "Other security services that are turned off or made blind. On by default in every account: intruders turn them off first, and any other change of that kind is planned.",
  title: "Other security services",
  detections: [],
};
