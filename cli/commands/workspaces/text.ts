import type { Workspace } from "../../../stacks/workspace";
import { aligned, type Line } from "../../../lib/support/print";

export interface ShownWorkspaces {
  readonly hostname: string;
  readonly organization: string;
  readonly workspaces: readonly Workspace[];
}

/** A line for each workspace, then the settings that they share. */
export function workspacesText({ hostname, organization, workspaces }: ShownWorkspaces): Line[] {
  const [first] = workspaces;
  const project = first?.project === undefined ? "its default project" : `project ${first.project}`;
  const rows = workspaces.map(({ name, readBy, ...workspace }) => [name, runsOf(workspace), readBy.join(", ") || "-"]);
  return [
    `Organization ${organization} at ${hostname}, ${project}; Terraform ${first?.terraformVersion ?? "-"}.`,
    "",
    ...aligned([["workspace", "runs", "state read by"], ...rows]),
    "",
    ...variablesText(workspaces),
  ];
}

function runsOf({ executionMode, workingDirectory }: Pick<Workspace, "executionMode" | "workingDirectory">): string {
  if (executionMode === "local") return "where you call Terraform";
  return workingDirectory === undefined ? "remote" : `remote, from commits in ${workingDirectory}`;
}

function variablesText(workspaces: readonly Workspace[]): Line[] {
  const remote = workspaces.filter(({ executionMode }) => executionMode === "remote");
  const [first] = remote;
  if (first === undefined) return ["No remote runs: nothing to set but execution mode 'Local'."];
  if (first.variables.length === 0) {
    return [
      "Remote runs have no AWS credentials yet: set deployment.hcpTerraform in organization.yaml, or give the",
      "workspaces credentials of your own (docs/hcp-terraform.md).",
    ];
  }
  return [
    "Environment variables of each workspace with remote runs:",
    ...first.variables.map(({ key, value }) => `  ${key}=${value}`),
  ];
}
