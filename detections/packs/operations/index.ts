import type { Pack } from "../../detection";
import { functionCodeChanged } from "./function-code-changed";
import { instanceLoginIssued } from "./instance-login-issued";
import { machineImageDestroyed } from "./machine-image-destroyed";
import { sessionOrCommandByHand } from "./session-or-command-by-hand";

/** Work by hand, which attackers do in the same way as administrators: notices, for accounts where it is the exception. */
export const operations: Pack = {
  id: "operations",
  title: "Work by hand",
  detections: [sessionOrCommandByHand, instanceLoginIssued, functionCodeChanged, machineImageDestroyed],
};
