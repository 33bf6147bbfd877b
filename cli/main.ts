import { Command, CommanderError } from "commander";
import { leftWaiting } from "../lib/aws/patient";
import { failureText } from "../lib/support/failure";
import { packageFile } from "../lib/support/package-file";
import { withReadableHelp } from "../lib/support/help";
import { printError } from "../lib/support/print";
import { guardOutput } from "../lib/support/standard-output";
import { accountsSyncCommand } from "./commands/accounts-sync/command";
import { adoptCommand } from "./commands/adopt/command";
import { applyCommand } from "./commands/apply/command";
import { blindspotsCommand } from "./commands/blindspots/command";
import { detectionsCommand } from "./commands/detections/command";
import { initCommand } from "./commands/init/command";
import { interruptRunning } from "./interruption";
import { planCommand } from "./commands/plan/command";
import { replayCommand } from "./commands/replay/command";
import { reviewCommand } from "./commands/review/command";
import { stacksCommand } from "./commands/stacks/command";
import { tuneCommand } from "./commands/tune/command";
import { verifyCommand } from "./commands/verify/command";
import { workspacesCommand } from "./commands/workspaces/command";

export { reportUncaught } from "../lib/support/failure";

/**
 * Every command of `trailwatch`, as its help lists it. A command's code is loaded when it runs, because loading is
 * slow.
 */
export function trailwatch(): Command {
  const command = new Command("trailwatch")
    .description("Security monitoring for a whole AWS Organization.")
    .version(packageFile().version, "--version", "print the version")
    .showHelpAfterError("(trailwatch --help lists the commands)")
    .addHelpText("after", "\nExample:\n  $ trailwatch detections payments")
    .addCommand(accountsCommand())
    .addCommand(adoptCommand())
    .addCommand(applyCommand())
    .addCommand(blindspotsCommand())
    .addCommand(detectionsCommand())
    .addCommand(initCommand())
    .addCommand(planCommand())
    .addCommand(replayCommand())
    .addCommand(reviewCommand())
    .addCommand(stacksCommand())
    .addCommand(tuneCommand())
    .addCommand(verifyCommand())
    .addCommand(workspacesCommand());
  return withReadableHelp(command);
}

/** `trailwatch accounts …`: commands for account files. */
function accountsCommand(): Command {
  return new Command("accounts")
    .description("Synchronize the account files with AWS Organizations.")
    .addHelpText("after", "\nExample:\n  $ trailwatch accounts sync")
    .addCommand(accountsSyncCommand());
}

/** Runs a command line; an error is printed as one message and sets exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
  // Interruptible work ends in order and sets its own exit code.
  guardOutput(interruptRunning);

  // Hide the SDK's deprecation warning for Node.js 20: users of the command cannot act on it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

  try {
    await printing(trailwatch()).parseAsync(argv);
  } catch (error) {
    // Help was printed.
    if (error instanceof CommanderError) return;
    printError(failureText(error));
    process.exitCode = 1;
  }
  // A credential process that never ends would keep this process alive. Flush output, then exit.
  if (leftWaiting()) process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}

/** Makes a command and its subcommands print their own messages like all others: they repeat what was typed. */
function printing(command: Command): Command {
  for (const one of command.commands) printing(one);
  command.exitOverride((end) => {
    // Exit only once help is written, or its output has failed.
    if (end.exitCode === 0) throw end;
    process.exit(end.exitCode);
  });
  return command.configureOutput({
    writeErr: (text) => {
      printError(text.trimEnd());
    },
  });
}
