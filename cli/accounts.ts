import { Command } from "commander";
import { accountsSyncCommand } from "./commands/accounts-sync/command";

/** `trailwatch accounts …`: what is done with the files of accounts. */
export function accountsCommand(): Command {
  return new Command("accounts")
    .description("Keep the files of accounts as AWS Organizations has the accounts.")
    .addHelpText("after", "\nExample:\n  $ trailwatch accounts sync")
    .addCommand(accountsSyncCommand());
}
