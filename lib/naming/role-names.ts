import { roleArn } from "../aws/partitions";
import {
  ALERT_DETAILS,
  ALERT_FORWARDING,
  ALERT_HUB,
  HEARTBEAT,
  HUB_DIGEST,
  HUB_HEARTBEAT,
  WEBHOOKS,
  WITNESS,
} from "./resource-names";
import { OWN_NAME, OWN_PREFIX } from "./own-resources";
import { ACCOUNT_TRAIL, DATA_ALARMS_TRAIL, ORGANIZATION_TRAIL } from "./trails";

/** How the roles and policies that stacks create are named: `iam` of organization.yaml. */
export interface IamNaming {
  /** Begins and ends with `/`. */
  readonly path: string;
  /** Before the names that Trailwatch chooses. */
  readonly namePrefix: string;
}

/** Without settings. */
export const PLAIN_IAM: IamNaming = { path: "/", namePrefix: "" };

/** Role of the rules that forward events of further regions to the home region. */
export const EVENT_FORWARDING_ROLE = `${OWN_PREFIX}event-forwarding`;

/** Role of the alert hub's rule. The state machine's role is in the same account and has the plain name. */
export function hubRuleRole(hub: string): string {
  return `${hub}-rule`;
}

/** Role of the state machine that finds events. The hub's account also has the role that lets it read them. */
export const ALERT_DETAILS_MACHINE_ROLE = `${ALERT_DETAILS}-machine`;

/** Role of the chat channels of the alert hub. */
export function hubChatRole(hub: string): string {
  return `${hub}-chat`;
}

/**
 * Roles that stacks create in an account or organization under these names. A role that you configure must not have one
 * of these names, because role names are unique in an account.
 */
export const OWN_ROLES: readonly string[] = [
  ACCOUNT_TRAIL,
  ALERT_DETAILS,
  ALERT_DETAILS_MACHINE_ROLE,
  ALERT_FORWARDING,
  ALERT_HUB,
  hubChatRole(ALERT_HUB),
  HUB_DIGEST,
  HUB_HEARTBEAT,
  hubRuleRole(ALERT_HUB),
  EVENT_FORWARDING_ROLE,
  HEARTBEAT.name,
  ORGANIZATION_TRAIL,
  DATA_ALARMS_TRAIL,
  WEBHOOKS,
  WITNESS,
];

/** Names of the read-only roles of each account; the others are set in `organization.yaml`. */
export const READING_ROLES = { plan: `${OWN_PREFIX}plan`, audit: `${OWN_PREFIX}audit` } as const;

/** Begins the names of the roles by which CI enters. */
export const ENTRY_ROLE_PREFIX = `${OWN_PREFIX}ci-`;

/** The roles by which CI enters the account of `deployment`. */
export const ENTRY_ROLES = {
  plan: `${ENTRY_ROLE_PREFIX}plan`,
  audit: `${ENTRY_ROLE_PREFIX}audit`,
  apply: `${ENTRY_ROLE_PREFIX}apply`,
  hcpTerraform: `${ENTRY_ROLE_PREFIX}hcp-terraform`,
} as const;

export type EntryRoleName = (typeof ENTRY_ROLES)[keyof typeof ENTRY_ROLES];

/** Permissions boundary of the roles that deployments create, where CI deploys. */
export const BOUNDARY = `${OWN_PREFIX}boundary`;

/** Everything in IAM that stacks create under names that Trailwatch chooses. */
const OWN_IAM_NAMES: readonly string[] = [
  ...OWN_ROLES,
  ...Object.values(READING_ROLES),
  ...Object.values(ENTRY_ROLES),
  BOUNDARY,
];

/** Length of the longest name of a role that Trailwatch chooses. */
export const LONGEST_OWN_ROLE = Math.max(...OWN_IAM_NAMES.map((name) => name.length));

/**
 * The name that a role or policy of a stack has in its account: names that Trailwatch chooses get the prefix. Names that
 * you choose, such as `deploymentRole`, stay as they are.
 */
export function iamName({ namePrefix }: IamNaming, name: string): string {
  return OWN_IAM_NAMES.includes(name) ? `${namePrefix}${name}` : name;
}

/** Path and name of a role whose name Trailwatch chooses; also of a pattern of such names. */
export function ownRole({ path, namePrefix }: IamNaming, name: string): string {
  return `${path.slice(1)}${namePrefix}${name}`;
}

/** ARN of a role whose name Trailwatch chooses, or a pattern of such ARNs, in the partition of a region. */
export function ownRoleArn(region: string, iam: IamNaming, accountId: string, name: string): string {
  return roleArn(region, accountId, ownRole(iam, name));
}

/** Name of a role without its path; ARNs of its sessions omit the path, too. */
export function roleNameOf(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}

/** Session name with which Terraform deploys; detections recognize deployments by it. */
export const DEPLOYMENT_SESSION = OWN_NAME;
