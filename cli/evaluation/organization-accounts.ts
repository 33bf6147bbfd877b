import { existsSync } from "node:fs";
import { join } from "node:path";
import { expectedMessage } from "../../lib/support/failure";
import { printError } from "../../lib/support/print";
import type { KnownAccount } from "../../lib/terraform/accounts-file";
import { ORGANIZATION_FILE } from "../../organization/load";
import { loadAccounts } from "../load-accounts";

/** The accounts folder could not be read: records of accounts that nothing is deployed to are not evaluated. */
const EXIT_UNREADABLE = 2;

/**
 * Accounts of a folder; empty if it was not named and has no organization. Problems in its files are reported on
 * standard error and set exit code 2.
 *
 * @throws OrganizationError for a named folder that does not exist or has no organization
 */
export function organizationAccounts(
  folder: string,
  { isNamed }: { readonly isNamed: boolean },
): readonly KnownAccount[] {
  const isOrganization = existsSync(join(folder, ORGANIZATION_FILE));
  if (!isOrganization && !isNamed) return [];
  try {
    return loadAccounts(folder).organization.accounts;
  } catch (error) {
    if (!isOrganization) throw error;
    process.exitCode = EXIT_UNREADABLE;
    printError(`${expectedMessage(error)}\nOnly accounts that something is deployed to are known.`);
    return [];
  }
}
