import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isAccountFile, ORGANIZATION_FILE } from "../load";
import { shownPath, shownValue } from "../../lib/support/printable";
import { compareText } from "../validation/problem";

/** Files that belong in an accounts folder although they describe no account. */
const COMPANION = /^\.|\.schema\.json$|^(README|LICENSE)(\.txt)?$/i;
const MARKDOWN = /\.md$/i;

/** Names that may have been meant as an account file. */
const LIKE_YAML = /\.ya?ml/i;

const MOST_NAMES = 16;

/**
 * Names of a folder's entries that are not read, sorted: files whose name does not describe an account, and folders
 * with YAML in them, which end in '/'. Hidden entries, Markdown and JSON Schemas are expected and not listed.
 *
 * @returns nothing for a folder that cannot be read: reading it reports why
 */
export function ignoredFiles(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name !== ORGANIZATION_FILE && !isAccountFile(name) && !isCompanion(name))
    .flatMap((name) => {
      if (!isFolder(join(folder, name))) return [name];
      return holdsYaml(join(folder, name)) ? [`${name}/`] : [];
    })
    .sort(compareText);
}

/**
 * A line that lists the files of an accounts folder that are not read, with the prefix `warning: `; none if all are
 * read.
 */
export function ignoredFilesWarning(folder: string): string[] {
  const names = ignoredFiles(folder);
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_NAMES).map((name) => `'${shownValue(name)}'`);
  const further = names.length - shown.length;
  const got = shown.join(", ") + (further > 0 ? ` and ${further} more` : "");
  const hint =
    `an account's file is directly in the folder and ends in .yaml or .yml, and the organization's is ` +
    `${ORGANIZATION_FILE}: rename these, or move them away`;
  return [`warning: '${shownPath(folder)}' must hold files that are read, got ${got}, which are not; ${hint}`];
}

/**
 * 'payments.yaml.md' is not expected: an account may have been disabled that way, or the file saved under a wrong name.
 */
function isCompanion(name: string): boolean {
  return COMPANION.test(name) || (MARKDOWN.test(name) && !LIKE_YAML.test(name));
}

/** Follows links: a link to a folder hides files as the folder does. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A broken or circular link.
    return false;
  }
}

function holdsYaml(folder: string): boolean {
  return namesIn(folder, true).some((name) => LIKE_YAML.test(name));
}

function namesIn(folder: string, recursive = false): string[] {
  try {
    return readdirSync(folder, { encoding: "utf8", recursive });
  } catch {
    return [];
  }
}
