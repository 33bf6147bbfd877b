import type { Pack } from "../../detection";

/** Identities and credentials. */
export const identity: Pack = {
  id: "identity",
  title: "Identities and credentials",
  detections: [],
};
