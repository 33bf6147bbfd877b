import { Command } from "commander";
import type { DetectionsOptions } from "./show-detections";

/** `trailwatch detections [account]`: what is on, with which values, and where each of them was chosen. */
export function detectionsCommand(): Command {
  return new Command("detections")
    .description("Show what is watched, with which values, and from which file and line each value comes.")
    .argument("[account]", "name of an account; without it, a line for each account")
    .option("--json", "print JSON", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", "\nExamples:\n  $ trailwatch detections\n  $ trailwatch detections payments --json")
    .action(async (account: string | undefined, options: DetectionsOptions) => {
      const { showDetections } = await import("./show-detections.ts");
      showDetections(account, options);
    });
}
