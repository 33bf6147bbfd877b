import { findBlindspots } from "../../../blindspots/blindspots";
import { readResources } from "../../../blindspots/path-resource";
import { jsonText } from "../../../lib/support/json-text";
import { printError, printLines } from "../../../lib/support/print";
import { deploymentIn } from "../../evaluation/deployment";
import type { BlindspotsOptions } from "./command";
import { blindspotsJson } from "./json";
import { blindspotsText } from "./text";

/** Runs `trailwatch blindspots`. */
export function runBlindspots(options: BlindspotsOptions): void {
  const deployment = deploymentIn(options.deployment, []);
  const resources = readResources(options.deployment);
  printError(`trying the calls that change ${resources.length} resources`);
  const found = blindspotsJson(findBlindspots(deployment, resources));
  printLines(options.json ? [jsonText(found)] : blindspotsText(found));
  if (found.silent > 0 || found.unknownTypes.length > 0) process.exitCode = 1;
}
