import { Command } from "commander";

/** Options of `trailwatch review`. */
export interface ReviewOptions {
  readonly changedSince?: string;
  readonly accounts: string;
}

const HELP = `
The folder may hold stacks.json, detections.md and plans.json. --changed-since compares with a commit
first, with one synthesis of each, and writes the first two; plans of an earlier comparison are removed.

Example:
  $ trailwatch review review --changed-since main
  $ trailwatch plan monitoring-payments --json > review/plans.json
  $ trailwatch review review`;

/** `trailwatch review <folder>`: summarizes a change for its reviewers. */
export function reviewCommand(): Command {
  return new Command("review")
    .description("Summarize in Markdown what a change means, for a comment on a pull request.")
    .argument("<folder>", "folder with the data of the change")
    .option(
      "--changed-since <ref>",
      "compare with a git commit, branch or tag, and write the differences to the folder",
    )
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", HELP)
    .action(async (folder: string, options: ReviewOptions) => {
      const { runReview } = await import("./run.ts");
      await runReview(folder, options);
    });
}
