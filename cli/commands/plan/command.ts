import { Command } from "commander";
import { PLANS_FOLDER, PARALLELISM, collectOption, positiveCount } from "../../delivery/options";

/** Options of `trailwatch plan`. */
export interface PlanCommandOptions {
  readonly out: string;
  readonly parallelism: number;
  readonly allowDestroy: readonly string[];
  readonly synthesized?: string;
  readonly json: boolean;
  readonly accounts: string;
}

const HELP = `
Synthesizes the chosen stacks, then makes a saved plan of each with plain Terraform, for 'trailwatch apply'. Each stack
has its folder in --out, with its plan and plan.log. A plan may hold secret values: the folder is closed to others.

A plan that destroys or replaces a bucket, KMS key, trail, log group, topic or secret is refused, and removed, unless
--allow-destroy names the resource: <address>, or <stack>:<address>. One that no plan destroys is named in a warning.

Exit codes: 0 all planned, 1 a stack failed, 2 none failed, but some have no plan: refused, or to be planned after
another is applied.

Examples:
  $ trailwatch plan monitoring-payments
  $ trailwatch plan 'monitoring-*' log-archive --parallelism 8
  $ trailwatch plan $(trailwatch stacks --changed-since origin/main --json | jq -r '.. | .stack? // empty')`;

/** `trailwatch plan <stack...>`: makes saved plans. */
export function planCommand(): Command {
  return new Command("plan")
    .description("Save a Terraform plan for each stack, to review and to apply. Changes nothing.")
    .argument("<stack...>", "ids, or patterns with '*'")
    .option("--out <folder>", "folder for the plans", PLANS_FOLDER)
    .option("--parallelism <n>", "how many stacks at a time", positiveCount("--parallelism"), PARALLELISM)
    .option(
      "--allow-destroy <address>",
      "let a plan destroy or replace this resource; may be repeated",
      collectOption,
      [],
    )
    .option("--synthesized <folder>", "plan the stacks synthesized in this folder, instead of synthesizing")
    .option("--json", "print JSON", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", HELP)
    .action(async (patterns: string[], options: PlanCommandOptions) => {
      const { runPlan } = await import("./run.ts");
      await runPlan(patterns, options);
    });
}
