import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { isAccountFile, ORGANIZATION_FILE } from "./load";
import { compare } from "./problem";
import { relativeToHere } from "./yaml-file";

/** Files that belong in an accounts folder although they describe no account. */
const COMPANION = /^\.|\.schema\.json$|\.md$|^(README|LICENSE)/i;

/** What may have been meant as an account's file. */
const LIKE_YAML = /\.ya?ml/i;

const MOST_NAMES = 16;

/**
 * Names of a folder's entries that are read by nothing, sorted: files that describe no account by their name, and
 * folders with YAML in them, which end in '/'. Hidden entries, Markdown and JSON Schemas are meant to be there.
 *
 * @returns nothing for a folder that cannot be read: reading it says why
 */
export function ignoredFiles(folder: string): string[] {
  return entriesOf(folder)
    .filter(({ name }) => name !== ORGANIZATION_FILE && !isAccountFile(name) && !COMPANION.test(name))
    .flatMap((entry) => {
      if (!entry.isDirectory()) return [entry.name];
      return holdsYaml(join(folder, entry.name)) ? [`${entry.name}/`] : [];
    })
    .sort(compare);
}

/** A line that names the files of an accounts folder that are not read, `warning: ` before it; none where all are. */
export function ignoredFilesWarning(folder: string): string[] {
  const names = ignoredFiles(folder);
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_NAMES).map((name) => `'${name}'`);
  const further = names.length - shown.length;
  const got = shown.join(", ") + (further > 0 ? ` and ${further} more` : "");
  const hint = "an account's file is directly in the folder and ends in .yaml or .yml: rename these, or move them away";
  return [`warning: '${relativeToHere(folder)}' must hold files that are read, got ${got}, which are not; ${hint}`];
}

function holdsYaml(folder: string): boolean {
  return entriesOf(folder, true).some(({ name }) => LIKE_YAML.test(name));
}

function entriesOf(folder: string, recursive = false): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive });
  } catch {
    return [];
  }
}
