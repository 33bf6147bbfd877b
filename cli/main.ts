import { Command, CommanderError } from "commander";
import { leftWaiting } from "../lib/aws/patient";
import { failureText } from "../lib/support/failure";
import { printError } from "../lib/support/print";
import { guardOutput } from "../lib/support/standard-output";
import { accountsCommand } from "./accounts";
import { applyCommand } from "./commands/apply/command";
import { detectionsCommand } from "./commands/detections/command";
import { interruptRunning } from "./interruption";
import { planCommand } from "./commands/plan/command";
import { replayCommand } from "./commands/replay/command";
import { reviewCommand } from "./commands/review/command";
import { stacksCommand } from "./commands/stacks/command";
import { tuneCommand } from "./commands/tune/command";
import { verifyCommand } from "./commands/verify/command";
import { workspacesCommand } from "./commands/workspaces/command";

/** Every command of `trailwatch`, as its help shows it. What a command does is loaded when it is run, as that takes a while. */
export function trailwatch(): Command {
  return new Command("trailwatch")
    .description("Security monitoring for a whole AWS Organization.")
    .showHelpAfterError("(trailwatch --help shows what there is)")
    .addHelpText("after", "\nExample:\n  $ trailwatch detections payments")
    .addCommand(accountsCommand())
    .addCommand(applyCommand())
    .addCommand(detectionsCommand())
    .addCommand(planCommand())
    .addCommand(replayCommand())
    .addCommand(reviewCommand())
    .addCommand(stacksCommand())
    .addCommand(tuneCommand())
    .addCommand(verifyCommand())
    .addCommand(workspacesCommand());
}

/** Runs a command line; what goes wrong is said in one message, and the exit code is 1. */
export async function main(argv: readonly string[]): Promise<void> {
  // What must end in order does, and its exit code tells how far it came.
  guardOutput(interruptRunning);

  // The SDK's plans for Node.js 20 are no concern of whoever runs a command.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

  try {
    await printing(trailwatch()).parseAsync(argv);
  } catch (error) {
    // Help was printed.
    if (error instanceof CommanderError) return;
    printError(failureText(error));
    process.exitCode = 1;
  }
  // A credential process that never ends would keep this one up. What is written is written first.
  if (leftWaiting()) process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}

/** A command, and all below it, whose own messages are printed as everything else: they repeat what was typed. */
function printing(command: Command): Command {
  for (const one of command.commands) printing(one);
  command.exitOverride((end) => {
    // Help must not end the process before it is written, or could not be.
    if (end.exitCode === 0) throw end;
    process.exit(end.exitCode);
  });
  return command.configureOutput({
    writeErr: (text) => {
      printError(text.trimEnd());
    },
  });
}
