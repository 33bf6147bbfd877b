import { Command, Option } from "commander";
import type { DetectionsOptions } from "./run";

/** `trailwatch detections [account]`: what is on, with its values and where each was set. */
export function detectionsCommand(): Command {
  return new Command("detections")
    .description("Show which detections are on, with their settings and the file and line that sets each.")
    .argument("[account]", "name of an account; without it, a line for each account")
    .option("--changed-since <ref>", "only detections that differ from a git commit, branch or tag")
    .option("--json", "print JSON", false)
    .addOption(new Option("--markdown", "with --changed-since: print a list in Markdown").conflicts("json"))
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  $ trailwatch detections\n  $ trailwatch detections payments --json\n  $ trailwatch detections --changed-since origin/main",
    )
    .action(async (account: string | undefined, options: DetectionsOptions) => {
      if (options.markdown === true && options.changedSince === undefined) {
        throw new Error("'--markdown' must come with '--changed-since', got neither a commit nor a branch");
      }
      if (options.changedSince !== undefined) {
        const { showDetectionChanges } = await import("./changes-run.ts");
        await showDetectionChanges(account, options.changedSince, options);
        return;
      }
      const { showDetections } = await import("./run.ts");
      showDetections(account, options);
    });
}
