import { Command } from "commander";
import { withReadableHelp } from "../../../lib/support/help";

/** The command `npm run bootstrap`, without an action. */
export function bootstrapCommand(): Command {
  return withReadableHelp(new Command("bootstrap"))
    .description(
      "Create the bucket that holds Terraform state, and move the state of its own stack into it; with state.existing, " +
        "check that bucket and change nothing. Safe to run twice.",
    )
    .option("--auto-approve", "apply without confirmation", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", "\nExample:\n  $ AWS_PROFILE=management npm run bootstrap -- --auto-approve");
}
