import { Command } from "commander";
import type { SyncOptions } from "./run";

const HELP = `
Shows the difference, and asks for confirmation before it writes. Exit codes: 0 the files match AWS Organizations, 2 a difference
is left (--check, no terminal for the prompt, or the answer was no), 1 an error; then nothing was written.

Examples:
  $ trailwatch accounts sync --log-archive "Log Archive"   # the first time
  $ trailwatch accounts sync --yes --prune
  $ trailwatch accounts sync --check                       # on CI`;

/** `trailwatch accounts sync`: one file per account in AWS Organizations. */
export function accountsSyncCommand(): Command {
  return new Command("sync")
    .description("Write and update one file per account from AWS Organizations: role, organizational unit and tags.")
    .option("--log-archive <account>", "id or name of the log-archive account; needed until a file has that role")
    .option("--prune", "remove files of accounts that are closed, suspended or no longer in the organization", false)
    .option("--yes", "write without confirmation", false)
    .option("--check", "write nothing; exit with 2 when there is a difference", false)
    .option("--json", "print JSON, without a prompt", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", HELP)
    .action(async (options: SyncOptions) => {
      const { syncAccounts } = await import("./run.ts");
      await syncAccounts(options);
    });
}
