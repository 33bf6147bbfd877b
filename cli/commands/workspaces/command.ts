import { Command } from "commander";
import type { WorkspacesOptions } from "./run";

const HELP = `
Reads the synthesized stacks: run npx cdktf synth first. The stack 'workspaces' makes all this by itself, if
organization.yaml says manageWorkspaces (docs/hcp-terraform.md).

Example:
  $ npx cdktf synth && trailwatch workspaces --json > workspaces.json`;

/** `trailwatch workspaces`: the settings that each stack's workspace in HCP Terraform needs. */
export function workspacesCommand(): Command {
  return new Command("workspaces")
    .description("Show each stack's workspace in HCP Terraform: settings, variables, who reads its state.")
    .option("--json", "print JSON", false)
    .option("--out <folder>", "folder of the synthesized stacks", "cdktf.out")
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", HELP)
    .action(async (options: WorkspacesOptions) => {
      const { showWorkspaces } = await import("./run.ts");
      showWorkspaces(options);
    });
}
