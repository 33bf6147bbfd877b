import type { LoadedOrganization } from "../organization/load";
import { loadWithSources } from "../organization/load";
import type { Account } from "../organization/organization";
import { OrganizationError } from "../organization/validation/problem";
import type { AccountsFolder } from "./accounts-folder";

/** What is chosen for an account, at any level. */
export type Choices = Pick<Account, "feed" | "packs">;

/** How a sync changes an account beyond its file, because rules now match it differently. */
export interface Effect {
  /** Undefined for an account that is new. */
  readonly before: Choices | undefined;
  readonly after: Choices;
}

/** By account id: the accounts whose feed or packs a sync changes. */
export function effectsOf(folder: AccountsFolder, planned: LoadedOrganization): ReadonlyMap<string, Effect> {
  const before = new Map(accountsBefore(folder).map((account) => [account.id, account]));
  return new Map(
    planned.organization.accounts.flatMap((after): [string, Effect][] => {
      const was = before.get(after.id);
      const same = was !== undefined && was.feed === after.feed && was.packs.join() === after.packs.join();
      return same ? [] : [[after.id, { before: was, after }]];
    }),
  );
}

/** Empty while the folder is incomplete, as before a first sync. */
function accountsBefore({ path, texts }: AccountsFolder): readonly Account[] {
  try {
    return loadWithSources(path, texts).organization.accounts;
  } catch (error) {
    if (error instanceof OrganizationError) return [];
    throw error;
  }
}
