import { join } from "node:path";
import { readAccountsFolder } from "../inventory/accounts-folder";
import type { FileChange } from "../inventory/plan";
import { expectedMessage } from "../lib/support/failure";
import { loadWithSources, ORGANIZATION_FILE } from "../organization/load";
import { OrganizationError } from "../organization/validation/problem";
import { withSettings, type Settings } from "./settings";

/** A change of `organization.yaml`. */
export interface SettingsChange {
  /** Undefined: the text is written so that the settings cannot be changed alone. */
  readonly file: (FileChange & { readonly before: string; readonly after: string }) | undefined;
  /** Why it cannot be written, or the folder would not load with it; undefined: it can be written. */
  readonly problems: string | undefined;
}

/** What the settings change in a folder; undefined when it has them already. */
export function settingsChange(folder: string, settings: Settings): SettingsChange | undefined {
  const { texts, organization } = readAccountsFolder(folder);
  const before = texts.get(ORGANIZATION_FILE) ?? "";
  let after: string;
  try {
    after = withSettings(before, settings);
  } catch (error) {
    return { file: undefined, problems: `${expectedMessage(error)} (at ${join(folder, ORGANIZATION_FILE)})` };
  }
  if (after === before) return undefined;
  const file = {
    kind: "changed",
    file: ORGANIZATION_FILE,
    id: organization.id,
    name: "organization",
    before,
    after,
  } as const;
  return { file, problems: problemsOf(folder, new Map([...texts, [ORGANIZATION_FILE, after]])) };
}

function problemsOf(folder: string, planned: ReadonlyMap<string, string>): string | undefined {
  try {
    loadWithSources(folder, planned);
    return undefined;
  } catch (error) {
    if (error instanceof OrganizationError) return error.message;
    throw error;
  }
}
