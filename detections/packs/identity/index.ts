import type { Pack } from "../../detection";
import { instanceRoleSwapped } from "./instance-role-swapped";
import { leakedKeyQuarantined } from "./leaked-key-quarantined";
import { roleCreatedForOutsider } from "./role-created-for-outsider";
import { secondFactorWeakened } from "./second-factor-weakened";
import { sessionMadeFromKey } from "./session-made-from-key";
import { userOrSecondFactorAdded } from "./user-or-second-factor-added";

/** Identities and credentials. */
export const identity: Pack = {
  id: "identity",
  description:
    "Credentials, users and trust that attackers add or weaken to stay. On by default in every account: IAM is the same in each of them.",
  title: "Identities and credentials",
  detections: [
    leakedKeyQuarantined,
    roleCreatedForOutsider,
    secondFactorWeakened,
    userOrSecondFactorAdded,
    sessionMadeFromKey,
    instanceRoleSwapped,
  ],
};
