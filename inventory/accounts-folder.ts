import { join } from "node:path";
import { readRegularFile } from "../lib/support/regular-file";
import { type Checked, check } from "../organization/validation/check";
import { type FolderTexts, ORGANIZATION_FILE, isAccountFile, namesIn } from "../organization/load";
import { OrganizationError, inReadingOrder } from "../organization/validation/problem";
import { type AccountFile, type OrganizationFile, accountFile, organizationFile } from "../organization/schema/schema";
import { MAX_YAML_BYTES, YamlFile } from "../organization/yaml/yaml-file";

/** An existing account file. */
export interface ExistingAccount {
  /** File name within the folder. */
  readonly file: string;
  readonly text: string;
  readonly account: AccountFile;
  readonly source: YamlFile;
}

/** An accounts folder as it is. Each file is valid by itself; rules across files are not checked yet. */
export interface AccountsFolder {
  readonly path: string;
  readonly texts: FolderTexts;
  readonly organization: OrganizationFile;
  readonly organizationSource: YamlFile;
  readonly accounts: readonly ExistingAccount[];
}

/**
 * Reads a folder that may lack accounts, even all of them: `organization.yaml` must exist.
 *
 * @throws OrganizationError with every problem of every file by itself
 */
export function readAccountsFolder(path: string): AccountsFolder {
  const names = namesIn(path).filter((name) => /^[^.].*\.ya?ml$/.test(name));
  const texts = new Map(names.map((name) => [name, readText(join(path, name))]));
  const source = (name: string) => new YamlFile(join(path, name), { text: texts.get(name) });

  const organization = check(organizationFile, source(ORGANIZATION_FILE));
  const accounts = names
    .filter(isAccountFile)
    .map((name): [string, Checked<AccountFile>] => [name, check(accountFile, source(name))]);

  const problems = [organization, ...accounts.map(([, checked]) => checked)].flatMap(({ problems }) => problems);
  if (problems.length > 0 || organization.complete === undefined) throw new OrganizationError(inReadingOrder(problems));
  return {
    path,
    texts: new Map([...texts].flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))),
    organization: organization.complete,
    organizationSource: organization.file,
    accounts: accounts.flatMap(([file, { complete, file: yaml }]) =>
      complete === undefined ? [] : [{ file, text: texts.get(file) ?? "", account: complete, source: yaml }],
    ),
  };
}

/** Undefined when it cannot be read: the next read reports why. */
function readText(path: string): string | undefined {
  try {
    return readRegularFile(path, MAX_YAML_BYTES);
  } catch {
    return undefined;
  }
}
