import { Command } from "commander";
import { leftWaiting } from "../lib/aws/patient";
import { accountsCommand } from "./accounts";
import { applyCommand } from "./apply";
import { detectionsCommand } from "./detections";
import { failureText } from "../lib/support/failure";
import { interruptRunning } from "./interruption";
import { planCommand } from "./plan";
import { replayCommand } from "./replay";
import { reviewCommand } from "./review";
import { stacksCommand } from "./stacks";
import { tuneCommand } from "./tune";
import { verifyCommand } from "./verify";
import { workspacesCommand } from "./workspaces";

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
  // Whoever reads the output may stop in the middle of it, as `head` does. What must end in order does, and its exit code
  // tells how far it came.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (!interruptRunning()) process.exit();
  });

  // The SDK's plans for Node.js 20 are no concern of whoever runs a command.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

  try {
    await trailwatch().parseAsync(argv);
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  }
  // A credential process that never ends would keep this one up. What is written is written first.
  if (leftWaiting()) process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}
