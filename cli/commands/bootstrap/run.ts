import { guardOutput } from "../../../lib/support/standard-output";
import { withReadableHelp } from "../../../lib/support/help";
import { printError, printLines } from "../../../lib/support/print";
import { Command } from "commander";
import { bootstrapState } from "../../../delivery/bootstrap/bootstrap-state";
import { failureText, reportUncaught } from "../../../lib/support/failure";

// Runs to the end even if its output is closed: the state may be on its way.
guardOutput(() => true);

const command = new Command("bootstrap")
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
  .addHelpText("after", "\nExample:\n  $ AWS_PROFILE=management npm run bootstrap -- --auto-approve")
  .action(async (options: { autoApprove: boolean; accounts: string }) => {
    await bootstrapState({
      accountsFolder: options.accounts,
      env: process.env,
      workFolder: ".trailwatch/bootstrap",
      autoApprove: options.autoApprove,
      report: (message) => {
        printLines([message]);
      },
    });
  });

reportUncaught();
withReadableHelp(command)
  .parseAsync()
  .catch((error: unknown) => {
    printError(failureText(error));
    process.exitCode = 1;
  });
