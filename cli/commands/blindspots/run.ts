import { findBlindspots } from "../../../blindspots/blindspots";
import { readResources } from "../../../blindspots/path-resource";
import { jsonText } from "../../../lib/support/json-text";
import { printLines } from "../../../lib/support/print";
import { showStatus } from "../../../lib/support/status-line";
import { deploymentIn } from "../../evaluation/deployment";
import type { BlindspotsOptions } from "./command";
import { blindspotsJson } from "./json";
import { blindspotsText } from "./text";

/** Runs `trailwatch blindspots`. */
export async function runBlindspots(options: BlindspotsOptions): Promise<void> {
  const deployment = deploymentIn(options.deployment, []);
  const resources = readResources(options.deployment);
  let progress = "";
  const status = showStatus(() => progress);
  const found = blindspotsJson(
    await findBlindspots(deployment, resources, (tried, all) => {
      progress = `tried the calls on ${tried} of ${all} resources`;
    }),
  );
  status.stop();
  printLines(options.json ? [jsonText(found)] : blindspotsText(found));
  if (found.silent > 0 || found.unknownTypes.length > 0) process.exitCode = 1;
}
