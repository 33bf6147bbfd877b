import { counted } from "../../../lib/support/counted";
import { jsonText } from "../../../lib/support/json-text";
import { elapsedText, showStatus } from "../../../lib/support/status-line";
import { readAccountsFolder } from "../../../inventory/accounts-folder";
import type { AwsOrganization } from "../../../inventory/aws-organization";
import { effectsOf } from "../../../inventory/effects";
import { readLiveOrganization } from "../../../inventory/live-organization";
import type { ReadProgress } from "../../../inventory/read-organization";
import { type Plan, planSync, tagKeysOf } from "../../../inventory/plan";
import { writeChanges } from "../../../inventory/write-plan";
import { ignoredFilesWarning } from "../../../organization/yaml/ignored-files";
import { organizationWarnings } from "../../../organization/validation/warnings";
import { differenceText, syncSummaryText, syncJson } from "./text";
import { canPrompt, confirmed } from "../../confirmed";
import { printError, printLines } from "../../../lib/support/print";

/** As with `terraform plan -detailed-exitcode`. */
const EXIT_DIFFERENCE = 2;

/** Options of `trailwatch accounts sync`. */
export interface SyncOptions {
  readonly accounts: string;
  readonly logArchive?: string;
  readonly prune: boolean;
  readonly yes: boolean;
  readonly check: boolean;
  readonly json: boolean;
}

/** Shows the difference between the files and AWS Organizations, and writes it if requested. */
export async function syncAccounts(options: SyncOptions): Promise<void> {
  if (options.check && options.yes) throw new Error("'--check' must be given without '--yes', got both");
  for (const warning of ignoredFilesWarning(options.accounts)) printError(warning);
  // Report mistakes in the files at once, not after minutes of reading.
  const folder = readAccountsFolder(options.accounts);
  const plan = planSync(folder, await read(tagKeysOf(folder)), options);
  const effects = effectsOf(folder, plan.planned);
  if (!options.json) printLines(differenceText(folder.path, plan, effects));

  const write = plan.changes.length > 0 && (await isWanted(plan, options));
  if (write) writeChanges(folder.path, plan.changes);
  else if (plan.changes.length > 0) process.exitCode = EXIT_DIFFERENCE;

  if (options.json) printLines([jsonText(syncJson(plan, effects, write))]);
  else printLines(syncSummaryText(plan, { written: write, pruned: options.prune }));
  for (const warning of organizationWarnings(plan.planned, new Date().toISOString().slice(0, 10))) {
    printError(warning);
  }
}

/** Reads AWS Organizations, and shows the progress on standard error. */
async function read(tagKeys: readonly string[]): Promise<AwsOrganization> {
  let done: ReadProgress = { accounts: 0, organizationalUnits: 0, tagged: 0 };
  const { stop } = showStatus((elapsed) => `${progressText(done, tagKeys.length > 0)}${elapsedText(elapsed)}`);
  try {
    return await readLiveOrganization({
      tagKeys,
      onProgress: (progress) => {
        done = progress;
      },
    });
  } finally {
    stop();
  }
}

function progressText({ accounts, organizationalUnits, tagged }: ReadProgress, withTags: boolean): string {
  const read = `AWS Organizations: ${accounts} accounts, ${organizationalUnits} organizational units`;
  return withTags && tagged > 0 ? `${read}, tags of ${tagged} accounts` : read;
}

async function isWanted({ changes }: Plan, { yes, check, json }: SyncOptions): Promise<boolean> {
  if (yes || check) return yes;
  if (json || !canPrompt()) return false;
  return confirmed(`\nWrite ${counted(changes.length, "file")}?`);
}
