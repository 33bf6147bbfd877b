import {
  ALERT_HUB_STACK,
  deploymentRolesStackId,
  LOG_ARCHIVE_STACK,
  monitoringStackId,
  ORGANIZATION_TRAIL_STACK,
  STATE_BACKEND_STACK,
  WORKSPACES_STACK,
} from "../lib/naming/stack-ids";
import { byObject } from "../lib/support/by-object";
import { createdArchiveBuckets } from "./names";
import { accountNamed, type Account, type Organization } from "../organization/organization";
import { ownStateOf, workspaceStateOf, type OwnState, type WorkspaceState } from "../organization/resolve/state";
import { subscriptionsOf } from "../organization/resolve/subscriptions";
import type { AlertHub, DeploymentSettings } from "../organization/schema/schema";

/** A stack that an organization needs. */
export interface PlannedStack {
  readonly id: string;
}

/** A stack of which each account has its own. */
export interface PlannedAccountStack extends PlannedStack {
  readonly account: Account;
}

/**
 * The stacks of an organization, as data: `buildApp` builds exactly these, and code that needs only their ids builds
 * none. A stack that the settings do not need is undefined.
 */
export interface StackPlan {
  readonly logArchive: PlannedStack | undefined;
  readonly organizationTrail: PlannedStack;
  readonly stateBackend: (PlannedStack & { readonly state: OwnState }) | undefined;
  readonly alertHub: (PlannedStack & { readonly alertHub: AlertHub }) | undefined;
  readonly workspaces: (PlannedStack & { readonly state: WorkspaceState }) | undefined;
  readonly deploymentRoles: PlannedRoles | undefined;
  readonly monitoring: readonly PlannedAccountStack[];
}

/** The stacks of the roles by which CI deploys. */
export interface PlannedRoles {
  readonly deployment: DeploymentSettings;
  /** The account by which CI enters: the roles of all other accounts name its roles. */
  readonly entry: PlannedAccountStack;
  readonly others: readonly PlannedAccountStack[];
}

/** The stacks of an organization. They are determined once, because it is synthesized in slices. */
export const stackPlanOf = byObject(planOf);

function planOf(organization: Organization): StackPlan {
  const { accounts, alertHub } = organization;
  const ownState = ownStateOf(organization.state);
  const workspaceState = workspaceStateOf(organization.state);
  return {
    logArchive: createdArchiveBuckets(organization).length === 0 ? undefined : { id: LOG_ARCHIVE_STACK },
    organizationTrail: { id: ORGANIZATION_TRAIL_STACK },
    stateBackend: ownState && { id: STATE_BACKEND_STACK, state: ownState },
    alertHub: alertHub && { id: ALERT_HUB_STACK, alertHub },
    workspaces: workspaceState?.manageWorkspaces === true ? { id: WORKSPACES_STACK, state: workspaceState } : undefined,
    deploymentRoles: rolesOf(organization),
    monitoring: accounts
      .filter((account) => isMonitored(organization, account))
      .map((account) => ({ id: monitoringStackId(account.name), account })),
  };
}

function rolesOf(organization: Organization): PlannedRoles | undefined {
  const { deployment } = organization;
  if (deployment === undefined) return undefined;
  const planned = (account: Account) => ({ id: deploymentRolesStackId(account.name), account });
  const entry = accountNamed(organization, deployment.account);
  const others = organization.accounts.filter(({ name }) => name !== entry.name);
  return { deployment, entry: planned(entry), others: others.map(planned) };
}

/** Created secrets stay, even when they are no longer watched: leaving out their stack would orphan them. */
function isMonitored(organization: Organization, account: Account): boolean {
  return account.secrets.create.length > 0 || subscriptionsOf(organization, account).length > 0;
}

/** The stacks that exist once for each account. */
function accountStacks({ deploymentRoles, monitoring }: StackPlan): readonly PlannedAccountStack[] {
  return [...(deploymentRoles === undefined ? [] : [deploymentRoles.entry, ...deploymentRoles.others]), ...monitoring];
}

/** Ids of all stacks that `buildApp` builds. */
export function stackIds(organization: Organization): string[] {
  const plan = stackPlanOf(organization);
  const { logArchive, organizationTrail, stateBackend, alertHub, workspaces } = plan;
  return [logArchive, organizationTrail, stateBackend, alertHub, workspaces, ...accountStacks(plan)].flatMap((stack) =>
    stack === undefined ? [] : [stack.id],
  );
}

/** The accounts of which at least one own stack is wanted, in the order of the organization. */
export function accountsWith(organization: Organization, isWanted: (stackId: string) => boolean): Account[] {
  const wanted = accountStacks(stackPlanOf(organization)).filter(({ id }) => isWanted(id));
  const accounts = new Set(wanted.map(({ account }) => account));
  return organization.accounts.filter((account) => accounts.has(account));
}
