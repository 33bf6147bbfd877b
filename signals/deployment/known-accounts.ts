import type { DeployedAccount, Deployment } from "./deployment";

/** An account of the organization, whether or not anything is deployed to it. */
export interface KnownAccount {
  /** The 12-digit id. */
  readonly id: string;
  readonly name: string;
}

/**
 * The deployment with all accounts of its organization, called as the organization calls them. Those that nothing is
 * deployed to have no feed of their own: the organization's trail takes their records all the same.
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
