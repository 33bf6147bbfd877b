import { Command } from "commander";

/** Options of `trailwatch blindspots`. */
export interface BlindspotsOptions {
  readonly deployment: string;
  readonly json: boolean;
}

const HELP = `
For each deployed resource it takes every API call that weakens the monitoring, applies the call's effect to a copy of
the deployment, and evaluates the call's CloudTrail record with what is left: which alarms notify which subscribers?
A call that notifies no one is silent. docs/guard.md lists the calls, and the silent ones that are accepted with a reason.

Exit code 1: a call is silent and not accepted, or a resource has a type that the table of calls lacks.

Examples:
  $ npm run synth && trailwatch blindspots
  $ trailwatch blindspots --json | jq '.calls | map(select(.notified | length == 0))'`;

/** `trailwatch blindspots`: which API calls would silence the monitoring unnoticed. */
export function blindspotsCommand(): Command {
  return new Command("blindspots")
    .description("Find the API calls that would weaken the monitoring without a notification.")
    .option(
      "--deployment <path>",
      "folder of Terraform JSON or of plans as JSON, or one plan",
      process.env.CDKTF_OUTDIR ?? "cdktf.out",
    )
    .option("--json", "print JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: BlindspotsOptions) => {
      const { runBlindspots } = await import("./run.ts");
      await runBlindspots(options);
    });
}
