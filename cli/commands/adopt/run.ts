import { adoptionOf, type Adoption } from "../../../adoption/adopt";
import { adoptPolicy } from "../../../adoption/aws/least-privilege";
import { readDeployedDetections } from "../../../adoption/filters/deployed-filters";
import type { Facts } from "../../../adoption/facts";
import { readFacts } from "../../../adoption/read-facts";
import { writeImports } from "../../../adoption/write-imports";
import { settingsChange, type SettingsChange } from "../../../adoption/settings-change";
import { writeChanges } from "../../../inventory/write-plan";
import { counted } from "../../../lib/support/counted";
import { jsonText } from "../../../lib/support/json-text";
import { printError, printLines } from "../../../lib/support/print";
import { elapsedText, showStatus } from "../../../lib/support/status-line";
import type { Organization } from "../../../organization/organization";
import { withAccessOf } from "../../../organization/resolve/access";
import { openAccess } from "../../../verification/aws/access";
import { Unanswered } from "../../../verification/aws/unanswered";
import { canPrompt, confirmed } from "../../confirmed";
import { loadAccounts } from "../../load-accounts";
import { adoptJson } from "./json";
import { adoptionText, changeText, importsWrittenText } from "./text";

/** Options of `trailwatch adopt`. */
export interface AdoptOptions {
  readonly accounts: string;
  readonly deployment: string;
  readonly role?: string;
  readonly write: boolean;
  readonly yes: boolean;
  readonly imports?: string;
  readonly json: boolean;
  readonly leastPrivilege: boolean;
}

/** Something collides with a deployment or the settings cannot be written; something was not read, or a change was not confirmed. */
const EXIT = { collides: 1, incomplete: 2 } as const;

/** Reads what the organization has, reports it, and writes the settings that use it if requested. */
export async function runAdopt(options: AdoptOptions): Promise<void> {
  if (options.yes && !options.write) throw new Error("'--yes' must be given with '--write', got it alone");
  const organization = withAccessOf(loadAccounts(options.accounts).organization, process.env);
  if (options.leastPrivilege) {
    printLines([jsonText(adoptPolicy(organization, options.role))]);
    return;
  }
  // Mistakes in the folders at once, not after minutes of reading.
  const deployed = readDeployedDetections(options.deployment);
  const facts = await read(organization, options.role);
  if (facts === undefined) return;
  requireSameOrganization(organization, facts);
  const adoption = adoptionOf(facts, organization, deployed);
  const change = settingsChange(options.accounts, adoption.settings);
  const importFiles = options.imports === undefined ? [] : writeImports(options.imports, adoption.imports);

  if (!options.json) {
    printLines(adoptionText(adoption));
    if (options.imports !== undefined) printLines(importsWrittenText(importFiles));
    printLines(changeText(change, { isWriting: options.write, settings: adoption.settings }));
  }
  process.exitCode = exitCodeOf(adoption, change);
  let written = false;
  if (options.write && change?.file !== undefined && change.problems === undefined) {
    if (options.yes || (await isConfirmed(options))) {
      writeChanges(options.accounts, [change.file]);
      written = true;
      if (!options.json) printLines(["Written. Run npx cdktf synth next."]);
    } else {
      process.exitCode = EXIT.incomplete;
      if (!options.json) printLines(["Nothing was written; --yes writes without confirmation."]);
    }
  }
  if (options.json) printLines([jsonText(adoptJson(adoption, { change, importFiles, written }))]);
}

/** Undefined where the caller is unknown to AWS: then nothing was read, which is printed. */
async function read(organization: Organization, role: string | undefined): Promise<Facts | undefined> {
  let done = 0;
  const count = organization.accounts.length;
  const { stop } = showStatus(
    (elapsed) => `Reading ${done} of ${counted(count, "account")} ...${elapsedText(elapsed)}`,
  );
  try {
    const access = await openAccess({ organization, ...(role !== undefined && { role }) });
    return await readFacts({
      organization,
      access,
      onAccount: () => {
        done += 1;
      },
    });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    stop();
    printError(error.message);
    process.exitCode = EXIT.incomplete;
    return undefined;
  } finally {
    stop();
  }
}

function requireSameOrganization({ id }: Organization, { organization }: Facts): void {
  if (organization.id === undefined || organization.id === id) return;
  throw new Error(
    `'id' must be the organization that the AWS credentials belong to, ${organization.id}, got '${id}'; use credentials of ` +
      "that organization, or another folder: --accounts or TRAILWATCH_ACCOUNTS names it",
  );
}

function exitCodeOf({ findings }: Adoption, change: SettingsChange | undefined): number {
  if (findings.some(({ verdict }) => verdict === "unread")) return EXIT.incomplete;
  if (change?.problems !== undefined) return EXIT.collides;
  return findings.some(({ verdict }) => verdict === "collides") ? EXIT.collides : 0;
}

async function isConfirmed({ json }: AdoptOptions): Promise<boolean> {
  return !json && canPrompt() && confirmed("\nWrite these settings?");
}
