import { readdirSync } from "node:fs";
import { join } from "node:path";
import { refusalText } from "../lib/support/file-error";
import { shownPath } from "../lib/support/printable";
import { accountProblems } from "./validation/account-rules";
import { check } from "./validation/check";
import { withDefaults } from "./resolve/defaults";
import { detectionProblems } from "./validation/detection-rules";
import type { Organization } from "./organization";
import { organizationProblems } from "./validation/organization-rules";
import { OrganizationError, compareText, inReadingOrder } from "./validation/problem";
import { accountFile, organizationFile } from "./schema/schema";
import { silenceProblems } from "./validation/silence-rules";
import { Sources } from "./resolve/sources";
import { YamlFile, errorCodeOf } from "./yaml/yaml-file";

export const ORGANIZATION_FILE = "organization.yaml";

/** The same file name with the other extension would be read as an account. */
const MISNAMED_ORGANIZATION_FILE = "organization.yml";

/** An organization, and where its settings are. */
export interface LoadedOrganization {
  /** The accounts folder as given. */
  readonly folder: string;
  readonly organization: Organization;
  readonly sources: Sources;
}

/** Texts of the YAML files of a folder, by file name. */
export type FolderTexts = ReadonlyMap<string, string>;

/** The organization of a folder, without the location of its settings: see `loadWithSources`. */
export function loadOrganization(folder: string): Organization {
  return loadWithSources(folder).organization;
}

/**
 * Reads an accounts folder: `organization.yaml` and one further YAML file per account, sorted by name.
 *
 * @param planned the folder's future content, to be validated before it is written
 * @default - its present content
 * @throws OrganizationError with every problem of every file, when there is any
 */
export function loadWithSources(folder: string, planned?: FolderTexts): LoadedOrganization {
  const names = planned === undefined ? namesIn(folder) : [...planned.keys()].sort(compareText);
  const read = (name: string, ifMissing?: string) =>
    new YamlFile(join(folder, name), { ifMissing, text: planned?.get(name) });
  const organization = check(organizationFile, read(ORGANIZATION_FILE, hintAt(names)));
  const accounts = names.filter(isAccountFile).map((name) => check(accountFile, read(name)));

  const problems = [
    ...[organization, ...accounts].flatMap((checked) => checked.problems),
    ...organizationProblems(organization, accounts),
    ...accountProblems(accounts, organization),
    ...detectionProblems(accounts, organization),
    ...silenceProblems(accounts, organization),
  ];
  if (problems.length > 0 || organization.complete === undefined) throw new OrganizationError(inReadingOrder(problems));

  const complete = accounts.flatMap(({ complete, file }) => (complete === undefined ? [] : [{ complete, file }]));
  return {
    folder,
    organization: withDefaults(
      organization.complete,
      complete.map((account) => account.complete).sort((a, b) => compareText(a.name, b.name)),
    ),
    sources: new Sources(organization.file, new Map(complete.map((account) => [account.complete.name, account.file]))),
  };
}

/** Whether a file of that name describes an account: any YAML file that is not hidden, except `organization.yaml`. */
export function isAccountFile(name: string): boolean {
  return /^[^.].*\.ya?ml$/.test(name) && name !== ORGANIZATION_FILE && name !== MISNAMED_ORGANIZATION_FILE;
}

/** The order must not depend on the file system. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch (error) {
    throw new OrganizationError([], unreadableFolder(folder, errorCodeOf(error)));
  }
}

/** The folder as given: users look for the path that they typed. */
function unreadableFolder(folder: string, code: string): string {
  const why = code === "ENOTDIR" ? "it is no folder" : (refusalText(code) ?? "the system refuses");
  return (
    `'accounts' must be a readable folder, got '${shownPath(folder)}' (${code}); ${why}; it holds ` +
    `${ORGANIZATION_FILE} and one file per account; --accounts or TRAILWATCH_ACCOUNTS names another folder` +
    (code === "ENOENT" ? ", and 'npx trailwatch init' begins a project" : "")
  );
}

function hintAt(names: readonly string[]): string | undefined {
  return names.includes(MISNAMED_ORGANIZATION_FILE) ? `rename '${MISNAMED_ORGANIZATION_FILE}'` : undefined;
}
