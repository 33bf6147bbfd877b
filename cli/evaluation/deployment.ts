import { shownValue } from "../../lib/support/printable";
import { printError } from "../../lib/support/print";
import { existsSync } from "node:fs";
import { didYouMean } from "../../lib/support/did-you-mean";
import type { KnownAccount } from "../../lib/terraform/accounts-file";
import { readDeployment, unevaluatedAlarms, withAccounts, type Deployment } from "../../signals";
import { unevaluatedText } from "./unevaluated-text";

/**
 * What to evaluate with: the deployment, and all accounts of the organization. Omissions are reported on standard
 * error.
 */
export function deploymentIn(path: string, known: readonly KnownAccount[]): Deployment {
  if (!existsSync(path)) {
    throw new Error(
      `'--deployment' must be a folder of Terraform JSON or a plan as JSON, and '${path}' does not exist: run 'npx cdktf synth'${existsSync("cdktf.json") ? "" : ", in a project ('npx trailwatch init' begins one)"}`,
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
export function accountIdIn({ accounts }: Deployment, name: string): string {
  const account = accounts.find((candidate) => candidate.name === name || candidate.id === name);
  if (account !== undefined) return account.id;
  const names = accounts.map((candidate) => candidate.name).sort();
  const hint = didYouMean(name, names);
  throw new Error(
    `'--account' must be one of ${names.join(", ")}, got '${shownValue(name)}'${hint === undefined ? "" : `; ${hint}`}`,
  );
}
