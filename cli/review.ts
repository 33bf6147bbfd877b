import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { printLines } from "./print";
import { reviewMarkdown, type PlannedStack } from "./review-text";

/** `trailwatch review <folder>`: what a change means, for whoever reviews it. */
export function reviewCommand(): Command {
  return new Command("review")
    .description("Summarize in Markdown what a change means, for a comment on a pull request.")
    .argument("<folder>", "folder with stacks.json, plans.json and detections.md, as far as there are")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ trailwatch stacks --changed-since main --json > review/stacks.json\n" +
        "  $ trailwatch detections --changed-since main --markdown > review/detections.md\n" +
        "  $ trailwatch plan monitoring-payments --json > review/plans.json\n" +
        "  $ trailwatch review review",
    )
    .action((folder: string) => {
      const stacks = jsonIn(folder, "stacks.json") as
        { readonly count: number; readonly removed: readonly string[] } | undefined;
      const plans = jsonIn(folder, "plans.json") as { readonly stacks: readonly PlannedStack[] } | undefined;
      printLines(
        reviewMarkdown({
          stacks,
          plans: plans?.stacks,
          detections: textIn(folder, "detections.md")?.trimEnd().split("\n"),
        }),
      );
    });
}

/** Undefined when the step that writes it did not come so far. */
function textIn(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text.trim() === "" ? undefined : text;
}

function jsonIn(folder: string, name: string): unknown {
  const text = textIn(folder, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`'${join(folder, name)}' must be JSON, as 'trailwatch' prints it with --json`);
  }
}
