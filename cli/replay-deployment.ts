import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadOrganization, ORGANIZATION_FILE } from "../organization/load";
import { readDeployment, unjudgedAlarms, withAccounts, type Deployment, type KnownAccount } from "../signals";
import { unjudgedText } from "./replay-unjudged-text";

/** What to judge by: what is deployed, and all accounts of the organization. What is left out is said on standard error. */
export function deploymentIn(path: string, accountsFolder: string): Deployment {
  if (!existsSync(path)) {
    throw new Error(
      `'--deployment' must be a folder of Terraform JSON or a plan as JSON, and '${path}' does not exist: run 'npx cdktf synth'`,
    );
  }
  const deployment = withAccounts(readDeployment(path), knownAccounts(accountsFolder));
  for (const line of [...deployment.warnings, ...unjudgedText(unjudgedAlarms(deployment))]) {
    process.stderr.write(`${line}\n`);
  }
  return deployment;
}

/** @throws Error unless it is the name or id of one of the accounts */
export function accountId({ accounts }: Deployment, name: string): string {
  const account = accounts.find((candidate) => candidate.name === name || candidate.id === name);
  if (account !== undefined) return account.id;
  const names = accounts.map((candidate) => candidate.name).sort();
  throw new Error(`'--account' must be one of ${names.join(", ")}, got '${name}'`);
}

/** Those of the organization; none where there is no description of one that can be read. */
function knownAccounts(folder: string): readonly KnownAccount[] {
  if (!existsSync(join(folder, ORGANIZATION_FILE))) return [];
  try {
    return loadOrganization(folder).accounts;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}\nOnly accounts that something is deployed to are known.\n`);
    return [];
  }
}
