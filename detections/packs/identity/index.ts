import type { Pack } from "../../detection";

/** Identities and credentials. */
export const identity: Pack = {
  id: "identity",
  description:
    "Credentials, users and trust that attackers add or weaken to stay. On by default in every account: IAM is the same in each of them.",
  title: "Identities and credentials",
  detections: [],
};
