import { ignoredFilesWarning } from "../organization/yaml/ignored-files";
import { type LoadedOrganization, loadWithSources } from "../organization/load";
import { printLines } from "../lib/support/print";

/**
 * The organization of a folder, for every command that does not synthesize it (synthesis warns by itself): files of the
 * folder that are not read are listed on standard error.
 *
 * @throws OrganizationError with every problem of every file
 */
export function loadAccounts(folder: string): LoadedOrganization {
  printLines(ignoredFilesWarning(folder), process.stderr);
  return loadWithSources(folder);
}
