import { roleArn } from "../aws/partitions";
import type { OwnNames } from "./own-names";
import type { ownResources } from "./own-resources";
import type { resourceNames } from "./resource-names";
import type { trailNames } from "./trails";

/** How the roles and policies that stacks create are named: `iam` of organization.yaml. */
export interface IamNaming {
  /** Begins and ends with `/`. */
  readonly path: string;
  /** Before the names that Trailwatch chooses. */
  readonly namePrefix: string;
}

/** Without settings. */
export const PLAIN_IAM: IamNaming = { path: "/", namePrefix: "" };

type Names = ReturnType<typeof ownResources> & ReturnType<typeof resourceNames> & ReturnType<typeof trailNames>;

/** Names of an installation's roles and policies, before the prefix of `iam`. */
export function roleNames(own: Names) {
  const eventForwardingRole = `${own.prefix}event-forwarding`;
  const alertDetailsMachineRole = `${own.alertDetails}-machine`;
  const entryRolePrefix = `${own.prefix}ci-`;
  const readingRoles = { plan: `${own.prefix}plan`, audit: `${own.prefix}audit` };
  const entryRoles = {
    plan: `${entryRolePrefix}plan`,
    audit: `${entryRolePrefix}audit`,
    apply: `${entryRolePrefix}apply`,
    hcpTerraform: `${entryRolePrefix}hcp-terraform`,
  };
  const boundary = `${own.prefix}boundary`;
  const roles: readonly string[] = [
    own.accountTrail,
    own.alertDetails,
    alertDetailsMachineRole,
    own.alertForwarding,
    own.alertHub,
    hubChatRole(own.alertHub),
    own.hubDigest,
    own.hubHeartbeat,
    hubRuleRole(own.alertHub),
    eventForwardingRole,
    own.heartbeat.name,
    own.organizationTrail,
    own.dataAlarmsTrail,
    own.webhooks,
    own.witness,
    own.witnessPublisher,
  ];
  return {
    /** Role of the rules that forward events of further regions to the home region. */
    eventForwardingRole,
    /**
     * Role of the state machine that finds events. The hub's account also has the role that lets it read them.
     */
    alertDetailsMachineRole,
    /** Names of the read-only roles of each account; the others are set in `organization.yaml`. */
    readingRoles,
    /** Begins the names of the roles by which CI enters. */
    entryRolePrefix,
    /** The roles by which CI enters the account of `deployment`. */
    entryRoles,
    /** Permissions boundary of the roles that deployments create, where CI deploys. */
    boundary,
    /**
     * Roles that stacks create in an account or organization under these names. A role that you configure must not have
     * one of these names, because role names are unique in an account.
     */
    roles,
    /** Everything in IAM that stacks create under names that Trailwatch chooses. */
    iamNames: [...roles, ...Object.values(readingRoles), ...Object.values(entryRoles), boundary],
  };
}

/** Which role of those by which CI enters. */
export type EntryRoleKey = keyof OwnNames["entryRoles"];

/** Role of the alert hub's rule. The state machine's role is in the same account and has the plain name. */
export function hubRuleRole(hub: string): string {
  return `${hub}-rule`;
}

/** Role of the chat channels of the alert hub. */
export function hubChatRole(hub: string): string {
  return `${hub}-chat`;
}

/**
 * The name that a role or policy of a stack has in its account: names that Trailwatch chooses get the prefix. Names that
 * you choose, such as `deploymentRole`, stay as they are.
 */
export function iamName({ namePrefix }: IamNaming, own: OwnNames, name: string): string {
  return own.iamNames.includes(name) ? `${namePrefix}${name}` : name;
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
