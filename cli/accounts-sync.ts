import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { readAccountsFolder } from "../inventory/accounts-folder";
import type { AwsOrganization } from "../inventory/aws-organization";
import { effectsOf } from "../inventory/effects";
import { readLiveOrganization } from "../inventory/live-organization";
import { type Plan, planSync, tagKeysOf } from "../inventory/plan";
import { writeChanges } from "../inventory/write-plan";
import { organizationWarnings } from "../organization/warnings";
import { showReading } from "./accounts-sync-progress";
import { differenceText, summaryText, syncJson } from "./accounts-sync-text";
import { printLines } from "./print";

/** As with `terraform plan -detailed-exitcode`. */
const EXIT_DIFFERENCE = 2;

interface Options {
  readonly accounts: string;
  readonly logArchive?: string;
  readonly prune: boolean;
  readonly yes: boolean;
  readonly check: boolean;
  readonly json: boolean;
}

const HELP = `
Shows the difference, and asks before it writes. Exit codes: 0 the files are as AWS Organizations has it, 2 a difference
is left (--check, no terminal to ask on, or the answer was no), 1 an error; then nothing was written.

Examples:
  $ trailwatch accounts sync --log-archive "Log Archive"   # the first time
  $ trailwatch accounts sync --yes --prune
  $ trailwatch accounts sync --check                       # on CI`;

/** `trailwatch accounts sync`: one file per account, as AWS Organizations has them. */
export function accountsSyncCommand(): Command {
  return new Command("sync")
    .description("Write and update one file per account from AWS Organizations: role, organizational unit and tags.")
    .option("--log-archive <account>", "id or name of the log-archive account; needed until a file has that role")
    .option("--prune", "remove files of accounts that are closed, suspended or no longer in the organization", false)
    .option("--yes", "write without asking", false)
    .option("--check", "write nothing; exit with 2 when there is a difference", false)
    .option("--json", "print JSON, and do not ask", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", HELP)
    .action(syncAccounts);
}

async function syncAccounts(options: Options): Promise<void> {
  if (options.check && options.yes) throw new Error("'--check' must be given without '--yes', got both");
  // Mistakes in the files are told at once, not after minutes of reading.
  const folder = readAccountsFolder(options.accounts);
  const plan = planSync(folder, await read(tagKeysOf(folder)), options);
  const effects = effectsOf(folder, plan.planned);
  if (!options.json) printLines(differenceText(folder.path, plan, effects));

  const write = plan.changes.length > 0 && (await isWanted(plan, options));
  if (write) writeChanges(folder.path, plan.changes);
  else if (plan.changes.length > 0) process.exitCode = EXIT_DIFFERENCE;

  if (options.json) process.stdout.write(`${JSON.stringify(syncJson(plan, effects, write), null, 2)}\n`);
  else printLines(summaryText(plan, { written: write, pruned: options.prune }));
  for (const warning of organizationWarnings(plan.planned, new Date().toISOString().slice(0, 10))) {
    process.stderr.write(`${warning}\n`);
  }
}

async function read(tagKeys: readonly string[]): Promise<AwsOrganization> {
  const progress = showReading(tagKeys.length > 0);
  try {
    return await readLiveOrganization({ tagKeys, onProgress: progress.update });
  } finally {
    progress.stop();
  }
}

async function isWanted({ changes }: Plan, { yes, check, json }: Options): Promise<boolean> {
  if (yes || check) return yes;
  if (json || !process.stdin.isTTY || !process.stdout.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await prompt.question(
      `\nWrite ${changes.length} ${changes.length === 1 ? "file" : "files"}? [y/N] `,
    );
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
