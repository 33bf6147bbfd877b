import type { Pack } from "../../detection";
import { functionCodeChanged } from "./function-code-changed";
import { instanceLoginIssued } from "./instance-login-issued";
import { machineImageDestroyed } from "./machine-image-destroyed";
import { sessionOrCommandByHand } from "./session-or-command-by-hand";

/** Work by hand, which attackers do in the same way as administrators: notices, for accounts where it is the exception. */
export const operations: Pack = {
  id: "operations",
  description:
    "Sessions, logins and changes by hand, which attackers make in the same way as administrators. On by default in no account, because many organizations work so every day: turn it on where pipelines make the changes, and ignore their roles. All are notices.",
  title: "Work by hand",
  detections: [sessionOrCommandByHand, instanceLoginIssued, functionCodeChanged, machineImageDestroyed],
};
