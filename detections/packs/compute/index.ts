import type { Pack } from "../../detection";
import { costlyInstanceRequested } from "./costly-instance-requested";
import { functionOpened } from "./function-opened";
import { instanceExposed } from "./instance-exposed";
import { instanceSecretsProbed } from "./instance-secrets-probed";
import { startupScriptReplaced } from "./startup-script-replaced";

/** Instances, functions and images: calls that are rare in any account. What is routine is in pack `operations`. */
export const compute: Pack = {
  id: "compute",
  description:
    "Code, costs and exposure of instances and functions: calls that are rare in any account and dangerous when unplanned. On by default in member accounts, where workloads run.",
  title: "Instances, functions and images",
  detections: [startupScriptReplaced, functionOpened, instanceExposed, instanceSecretsProbed, costlyInstanceRequested],
};
