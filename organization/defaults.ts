import type { Account, Feed, Organization } from "./organization";
import type { AccountFile, Notifications, OrganizationFile } from "./schema";

/**
 * Fills in the defaults that one file's schema cannot hold, as they depend on another setting or another file.
 * All others stand beside their setting in `schema.ts`.
 */
export function withDefaults(organization: OrganizationFile, accounts: readonly AccountFile[]): Organization {
  return {
    ...organization,
    accounts: accounts.map((account): Account => ({
      ...account,
      feed: feedOf(account),
      notifications: notificationsOf(account, organization),
    })),
  };
}

function feedOf(account: AccountFile): Feed {
  return account.feed ?? (account.role === "management" ? "organization-trail" : "event-bus");
}

function notificationsOf(account: AccountFile, organization: OrganizationFile): Notifications {
  return account.notifications ?? organization.notifications;
}
