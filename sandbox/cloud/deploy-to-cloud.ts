import { isDeploymentRolesStack, WORKSPACES_STACK } from "../../lib/naming/stack-ids";
import { type DeployedStack, type DeployOptions, deploy } from "../deploy";
import type { Cloud } from "./cloud";

/**
 * Applies stacks whose state and runs are in the stand-in for HCP Terraform. Its runs need the workspaces, and the roles,
 * which an administrator deploys.
 */
export async function deployToCloud(cloud: Cloud, options: DeployOptions): Promise<DeployedStack[]> {
  const { stacks, outdir, onEvent } = options;
  const deployed: DeployedStack[] = [];
  if (stacks.includes(WORKSPACES_STACK)) {
    const begun = Date.now();
    const changes = await cloud.createWorkspaces(outdir);
    const seconds = Math.round((Date.now() - begun) / 1000);
    onEvent?.({ type: "applied", stack: WORKSPACES_STACK, seconds });
    deployed.push({ stack: WORKSPACES_STACK, changes, seconds });
  }
  const others = stacks.filter((stack) => stack !== WORKSPACES_STACK);
  const roles = others.filter(isDeploymentRolesStack);
  for (const chosen of [roles, others.filter((stack) => !roles.includes(stack))]) {
    // A part would be a run of its own.
    const remote = { ...options, stacks: chosen, inParts: false, isRemote: true };
    if (chosen.length > 0) deployed.push(...(await deploy(remote)));
  }
  return deployed;
}
