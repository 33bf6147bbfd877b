import { shownValue } from "../../../lib/support/printable";
import { Command, InvalidArgumentError } from "commander";
import type { VerifyCommandOptions } from "./run";

/** `trailwatch verify [account...]`: whether the deployment still works, hop by hop. */
export function verifyCommand(): Command {
  return new Command("verify")
    .description(
      "Verify in AWS, hop by hop, that a call raises an alarm and subscribers are notified. Changes nothing.",
    )
    .argument("[account...]", "names of accounts; all of them unless given")
    .option("--role <name>", "role to assume in each account but the caller's own (default: the deployment role)")
    .option("--live", "read a watched secret, and follow the call to the notification", false)
    .option("--notify", "set one alarm of each topic to ALARM, and restore its state", false)
    .option("--timeout <minutes>", "how long --live and --notify wait for each hop", minutes)
    .option("--yes", "with --live, allow more than 100 reads of the secret", false)
    .option("--json", "print JSON", false)
    .option("--least-privilege", "print the IAM policy that this needs, without calling AWS", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .option("--deployment <folder>", "folder of Terraform JSON", process.env.CDKTF_OUTDIR ?? "cdktf.out")
    .addHelpText(
      "after",
      "\nExit code 0: all proven. 1: a hop failed. 2: nothing failed, but something could not be checked." +
        "\n\nExamples:\n  $ AWS_PROFILE=management trailwatch verify\n  $ trailwatch verify payments --role SecurityAudit --json",
    )
    .action(async (names: readonly string[], options: VerifyCommandOptions) => {
      const { runVerify } = await import("./run.ts");
      await runVerify(names, options);
    });
}

function minutes(text: string): number {
  const number = Number(text);
  if (number > 0) return number * 60_000;
  throw new InvalidArgumentError(`'--timeout' must be a number of minutes above 0, got '${shownValue(text)}'`);
}
