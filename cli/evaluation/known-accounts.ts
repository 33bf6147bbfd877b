import { readAccountsFile, type KnownAccount } from "../../lib/terraform/accounts-file";
import type { EvaluationOptions } from "./options";

type KnownAccountsOptions = Pick<EvaluationOptions, "deployment" | "accounts" | "accountsNamed">;

/**
 * Accounts of the organization: those of the accounts folder, if one was named; otherwise those that synthesis wrote
 * beside the manifest; without that file, those of the default accounts folder, if it exists.
 *
 * @throws OrganizationError for a named folder that does not exist or has no organization
 */
export async function knownAccounts(options: KnownAccountsOptions): Promise<readonly KnownAccount[]> {
  const { accounts: folder, accountsNamed = false, deployment } = options;
  const synthesized = accountsNamed ? undefined : readAccountsFile(deployment);
  if (synthesized !== undefined) return synthesized;
  // Imported only here: reading account files takes the schemas, which are a third of the code that would be loaded.
  const { organizationAccounts } = await import("./organization-accounts.ts");
  return organizationAccounts(folder, { isNamed: accountsNamed });
}
