/** Stack of the archive, in the account with role `log-archive`. */
export const LOG_ARCHIVE_STACK = "log-archive";
/** Stack of the organization's trail, in the management account. */
export const ORGANIZATION_TRAIL_STACK = "organization-trail";
/** Stack of the bucket that holds the state of all stacks. It is deployed before them, on its own. */
export const STATE_BACKEND_STACK = "state-backend";
/** Stack of the alert hub. */
export const ALERT_HUB_STACK = "alert-hub";
/** The stack that creates the workspaces of the others; its own workspace is created by hand. */
export const WORKSPACES_STACK = "workspaces";

const MONITORING = "monitoring-";
const DEPLOYMENT_ROLES = "deployment-roles-";

/** The stack that watches an account. */
export function monitoringStackId(accountName: string): string {
  return `${MONITORING}${accountName}`;
}

/** Name of the account that a stack watches; undefined for every other stack. */
export function monitoredAccountOf(stackId: string): string | undefined {
  return stackId.startsWith(MONITORING) ? stackId.slice(MONITORING.length) : undefined;
}

/** The stack of the roles by which CI deploys to an account. */
export function deploymentRolesStackId(accountName: string): string {
  return `${DEPLOYMENT_ROLES}${accountName}`;
}

/** Whether it is the stack of an account's deployment roles. */
export function isDeploymentRolesStack(stackId: string): boolean {
  return stackId.startsWith(DEPLOYMENT_ROLES);
}
