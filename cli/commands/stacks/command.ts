import { Command } from "commander";
import { DEFAULT_JOBS, collectOption, positiveCount } from "../../delivery/options";

/** Options of `trailwatch stacks`. */
export interface StacksOptions {
  readonly changedSince?: string;
  readonly except: readonly string[];
  readonly jobs: number;
  readonly json: boolean;
  readonly accounts: string;
}

const HELP = `
Synthesizes the working tree as it is, uncommitted changes included, into a temporary folder; with --changed-since also
the reference, in a temporary git worktree. A stack has changed if its JSON differs, apart from comments; a change of
code alone counts only if it changes the JSON. Stacks that are gone are named as removed: a person destroys them.

Examples:
  $ trailwatch stacks
  $ trailwatch stacks --changed-since origin/main
  $ trailwatch stacks 'monitoring-*' --changed-since HEAD~1 --json`;

/** `trailwatch stacks [stack...]`: what to apply, in which order. */
export function stacksCommand(): Command {
  return new Command("stacks")
    .description("List the stacks in waves, dependencies first, or only those that a change touches.")
    .argument("[stack...]", "ids, or patterns with '*'; all of them unless given")
    .option("--changed-since <ref>", "only stacks whose JSON differs from that of a git commit, branch or tag")
    .option(
      "--except <stack>",
      "an id of a stack, or a pattern with '*', to leave out; may be repeated",
      collectOption,
      [],
    )
    .option(
      "--jobs <n>",
      "with --json: how many jobs a wave may have; further stacks share one",
      positiveCount("--jobs"),
      DEFAULT_JOBS,
    )
    .option("--json", "print JSON, as a matrix of GitHub Actions takes it", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", HELP)
    .action(async (patterns: string[], options: StacksOptions) => {
      const { runStacks } = await import("./run.ts");
      await runStacks(patterns, options);
    });
}
