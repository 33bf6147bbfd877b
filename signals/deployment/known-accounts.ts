import type { KnownAccount } from "../../lib/terraform/accounts-file";
import type { DeployedAccount, Deployment } from "./deployment";

/**
 * The deployment with all accounts of its organization, under the organization's names. Accounts without deployed
 * resources have no feed of their own, but the organization trail still takes their records.
 */
export function withAccounts(deployment: Deployment, known: readonly KnownAccount[]): Deployment {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const deployed = new Set(deployment.accounts.map(({ id }) => id));
  return {
    ...deployment,
    accounts: [
      ...deployment.accounts.map((account) => ({ ...account, name: names.get(account.id) ?? account.name })),
      ...known.filter(({ id }) => !deployed.has(id)).map(withNothing),
    ],
  };
}

function withNothing({ id, name }: KnownAccount): DeployedAccount {
  return { id, name, logGroups: [], trails: [], rules: [], filters: [], alarms: [], subscriptions: [] };
}
