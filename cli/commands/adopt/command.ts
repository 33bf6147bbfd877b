import { Command } from "commander";
import type { AdoptOptions } from "./run";

const HELP = `
Reads only. Exit codes: 0 all was read and nothing collides, 1 something collides or an error, 2 something was not read (access denied, or an account
without a file), or --write was not confirmed.

Examples:
  $ AWS_PROFILE=management trailwatch adopt
  $ trailwatch adopt --write                    # shows the change and asks
  $ trailwatch adopt --role AWSControlTowerExecution --imports imports
  $ trailwatch adopt --least-privilege`;

/** `trailwatch adopt`: what an organization has already, and what Trailwatch uses of it. */
export function adoptCommand(): Command {
  return new Command("adopt")
    .description(
      "Read which trails, archive, filters and alarms the organization has, and write settings that use them.",
    )
    .option("--role <name>", "role to assume in each account but the caller's own (default: the deployment role)")
    .option("--write", "write the settings into organization.yaml, after confirmation", false)
    .option("--yes", "with --write, write without confirmation", false)
    .option("--imports <folder>", "write Terraform import blocks for filters and alarms that duplicate detections")
    .option("--json", "print JSON, without a prompt", false)
    .option("--least-privilege", "print the IAM policy that this needs, without calling AWS", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .option("--deployment <folder>", "folder of Terraform JSON", process.env.CDKTF_OUTDIR ?? "cdktf.out")
    .addHelpText("after", HELP)
    .action(async (options: AdoptOptions) => {
      const { runAdopt } = await import("./run.ts");
      await runAdopt(options);
    });
}
