import { Command } from "commander";
import { PLANS_FOLDER, PARALLELISM, positiveCount } from "../../delivery/options";

/** Options of `trailwatch apply`. */
export interface ApplyCommandOptions {
  readonly out: string;
  readonly parallelism: number;
  readonly json: boolean;
}

const HELP = `
Applies what 'trailwatch plan' has saved, and nothing else, each stack after those that it needs. A stack that fails
stops only those that need it. Run it again to continue: stacks already applied are skipped. Ctrl-C lets Terraform end
in order, and no further stack starts.

Exit codes: 0 all applied, 1 a stack failed or its plan is stale, 2 none failed, but some had no plan, 130 interrupted.

Examples:
  $ trailwatch apply monitoring-payments
  $ trailwatch apply '*' --parallelism 8`;

/** `trailwatch apply <stack...>`: applies saved plans. */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Apply the saved plans of 'trailwatch plan'.")
    .argument("<stack...>", "ids, or patterns with '*', of stacks that were planned")
    .option("--out <folder>", "folder with the plans", PLANS_FOLDER)
    .option("--parallelism <n>", "how many stacks at a time", positiveCount("--parallelism"), PARALLELISM)
    .option("--json", "print JSON", false)
    .addHelpText("after", HELP)
    .action(async (patterns: string[], options: ApplyCommandOptions) => {
      const { runApply } = await import("./run.ts");
      await runApply(patterns, options);
    });
}
