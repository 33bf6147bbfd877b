import { shownValue } from "../../lib/support/printable";
import { printError } from "../../lib/support/print";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expectedMessage } from "../../lib/support/failure";
import { ORGANIZATION_FILE } from "../../organization/load";
import { didYouMean } from "../../lib/support/spelling";
import { readDeployment, unevaluatedAlarms, withAccounts, type Deployment, type KnownAccount } from "../../signals";
import type { EvaluationOptions } from "./options";
import { loadAccounts } from "../load-accounts";
import { unevaluatedText } from "./unevaluated-text";

/** The accounts folder could not be read: records of accounts that nothing is deployed to are not evaluated. */
const EXIT_UNREADABLE = 2;

/**
 * What to evaluate with: the deployment, and all accounts of the organization. Omissions are reported on standard
 * error.
 */
export function deploymentIn(path: string, known: readonly KnownAccount[]): Deployment {
  if (!existsSync(path)) {
    throw new Error(
      `'--deployment' must be a folder of Terraform JSON or a plan as JSON, and '${path}' does not exist: run 'npx cdktf synth'`,
    );
  }
  const deployment = withAccounts(readDeployment(path), known);
  for (const line of [...deployment.warnings, ...unevaluatedText(unevaluatedAlarms(deployment))]) {
    printError(line);
  }
  if (deployment.accounts.every(({ filters }) => filters.length === 0)) {
    throw new Error(`'--deployment' must hold metric filters, got none in '${path}': no record could match`);
  }
  return deployment;
}

/** @throws Error unless it is the name or id of one of the accounts */
export function accountId({ accounts }: Deployment, name: string): string {
  const account = accounts.find((candidate) => candidate.name === name || candidate.id === name);
  if (account !== undefined) return account.id;
  const names = accounts.map((candidate) => candidate.name).sort();
  const hint = didYouMean(name, names);
  throw new Error(
    `'--account' must be one of ${names.join(", ")}, got '${shownValue(name)}'${hint === undefined ? "" : `; ${hint}`}`,
  );
}

/**
 * Accounts of the organization; empty if no folder was named and the default one does not exist. Problems in its files
 * are reported on standard error and set exit code 2.
 *
 * @throws OrganizationError for a named folder that does not exist or has no organization
 */
export function knownAccounts({
  accounts: folder,
  accountsNamed = false,
}: Pick<EvaluationOptions, "accounts" | "accountsNamed">): readonly KnownAccount[] {
  const isOrganization = existsSync(join(folder, ORGANIZATION_FILE));
  if (!isOrganization && !accountsNamed) return [];
  try {
    return loadAccounts(folder).organization.accounts;
  } catch (error) {
    if (!isOrganization) throw error;
    process.exitCode = EXIT_UNREADABLE;
    printError(`${expectedMessage(error)}\nOnly accounts that something is deployed to are known.`);
    return [];
  }
}
