import { NO_SUBSCRIBERS } from "../../lib/naming/subscriber-kinds";
import { feedOf, ownDeploymentRole, packsOf } from "./account-choices";
import type { Account, Organization } from "../organization";
import type { AccountFile, Notifications, OrganizationFile } from "../schema/schema";

/**
 * Fills in the defaults that depend on another setting or another file, and so cannot be in one file's schema. All
 * others are beside their setting in the schemas.
 */
export function withDefaults(organization: OrganizationFile, accounts: readonly AccountFile[]): Organization {
  return {
    ...organization,
    accounts: accounts.map((account): Account => ({
      ...account,
      // The local AWS has no composite alarms.
      changeWindows: (account.changeWindows ?? organization.changeWindows) && !organization.localAws,
      deploymentRole: ownDeploymentRole(account, organization),
      feed: feedOf(account, organization).value,
      notifications: notificationsOf(account, organization),
      packs: packsOf(account, organization).value,
    })),
  };
}

function notificationsOf(account: AccountFile, organization: OrganizationFile): Notifications {
  // The hub notifies the organization's subscribers, for all accounts together.
  if (organization.alertHub !== undefined && account.notifications === undefined) {
    return { alerts: NO_SUBSCRIBERS, notices: NO_SUBSCRIBERS };
  }
  const { alerts, notices = alerts } = account.notifications ?? organization.notifications;
  return { alerts, notices };
}
