import { guardOutput } from "../../../lib/support/standard-output";
import { printError, printLines } from "../../../lib/support/print";
import { bootstrapState } from "../../../delivery/bootstrap/bootstrap-state";
import { failureText, reportUncaught } from "../../../lib/support/failure";
import { bootstrapCommand } from "./command";

// Runs to the end even if its output is closed: the state may be on its way.
guardOutput(() => true);

const command = bootstrapCommand().action(async (options: { autoApprove: boolean; accounts: string }) => {
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
command.parseAsync().catch((error: unknown) => {
  printError(failureText(error));
  process.exitCode = 1;
});
