import type { Account, Feed, Organization } from "./organization";
import { packsOf } from "./role-packs";
import type { AccountFile, Notifications, OrganizationFile } from "./schema";

/**
 * Fills in the defaults that one file's schema cannot hold, as they depend on another setting or another file.
 * All others stand beside their setting in the schemas.
 */
export function withDefaults(organization: OrganizationFile, accounts: readonly AccountFile[]): Organization {
  return {
    ...organization,
    accounts: accounts.map((account): Account => ({
      ...account,
      feed: feedOf(account),
      notifications: notificationsOf(account, organization),
      packs: packsOf(account, organization).value,
    })),
  };
}

/** The feed of an account: the organization trail writes to the management account only. */
export function feedOf({ feed, role }: Pick<AccountFile, "feed" | "role">): Feed {
  return feed ?? (role === "management" ? "organization-trail" : "event-bus");
}

function notificationsOf(account: AccountFile, organization: OrganizationFile): Notifications {
  const { alerts, notices = alerts } = account.notifications ?? organization.notifications;
  return { alerts, notices };
}
