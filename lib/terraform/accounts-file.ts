import { existsSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../support/is-record";
import { readRegularFile } from "../support/regular-file";
import { writeFile } from "../support/write-file";
import { DeploymentError } from "./read/stack";

/** Beside the manifest in the output folder. It has the accounts that nothing is deployed to, which no stack names. */
const ACCOUNTS_FILE = "accounts.json";
const MANIFEST = "manifest.json";

/** An account of the organization, whether or not anything is deployed to it. */
export interface KnownAccount {
  /** The 12-digit id. */
  readonly id: string;
  readonly name: string;
}

/** Writes ids and names of all accounts of the organization, also when only some stacks are synthesized. */
export function writeAccountsFile(outdir: string, accounts: readonly KnownAccount[]): void {
  const lines = accounts.map(({ id, name }) => `  ${JSON.stringify({ id, name })}`);
  writeFile(join(outdir, ACCOUNTS_FILE), `[\n${lines.join(",\n")}\n]\n`);
}

/**
 * The accounts that a synthesis wrote into the folder; undefined for other folders and files of Terraform, which may
 * have a file of that name for another purpose.
 *
 * @throws DeploymentError when the file holds something else
 */
export function readAccountsFile(folder: string): readonly KnownAccount[] | undefined {
  const file = join(folder, ACCOUNTS_FILE);
  if (!existsSync(file) || !existsSync(join(folder, MANIFEST))) return undefined;
  const accounts = parsed(readRegularFile(file));
  if (Array.isArray(accounts) && accounts.every(isKnownAccount)) return accounts;
  throw new DeploymentError(`'${file}' must be a list of accounts with id and name: run 'npx cdktf synth'`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKnownAccount(value: unknown): value is KnownAccount {
  return isRecord(value) && typeof value.id === "string" && typeof value.name === "string";
}
