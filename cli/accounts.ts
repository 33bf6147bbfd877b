import { Command } from "commander";
import { accountsSyncCommand } from "./commands/accounts-sync/command";

/** `trailwatch accounts …`: commands for account files. */
export function accountsCommand(): Command {
  return new Command("accounts")
    .description("Synchronize the account files with AWS Organizations.")
    .addHelpText("after", "\nExample:\n  $ trailwatch accounts sync")
    .addCommand(accountsSyncCommand());
}
