import { shownValue } from "../lib/support/printable";
import { FEEDS, type Feed } from "../lib/naming/feeds";
import type { AccountFile, Notifications, OrganizationFile, PackId } from "./schema/schema";
import { globalRegions, partitionRegions, type Region } from "../lib/aws/partitions";
import { didYouMean } from "../lib/support/did-you-mean";

/**
 * The role with which Terraform enters the accounts: `deploy` changes them, `plan` reads state and the deployment,
 * `audit` also reads secrets' versions, as a refresh does, and `administrator` may do what CI may not.
 */
export type Access = "deploy" | "plan" | "audit" | "administrator";

export type { Feed } from "../lib/naming/feeds";

/** One AWS account with every default filled in. */
export interface Account extends Omit<AccountFile, "changeWindows" | "feed" | "notifications" | "packs"> {
  readonly changeWindows: boolean;
  readonly feed: Feed;
  readonly notifications: Notifications;
  readonly packs: readonly PackId[];
}

/** The whole organization with every default filled in: the meaning of `accounts/`. */
export interface Organization extends OrganizationFile {
  readonly accounts: readonly Account[];
  /**
   * The role with which Terraform enters the accounts. It is chosen at synthesis, not in a setting.
   *
   * @default deploy
   */
  readonly access?: Access;
}

/** The account of a role that exactly one account has. */
export function accountWithRole(organization: Organization, role: "management" | "log-archive"): Account {
  const account = organization.accounts.find((candidate) => candidate.role === role);
  if (account === undefined) throw new Error(`'accounts' must hold one account with role '${role}', got none`);
  return account;
}

/** The account of that name. */
export function accountNamed(organization: Organization, name: string): Account {
  const account = organization.accounts.find((candidate) => candidate.name === name);
  if (account !== undefined) return account;
  const names = organization.accounts.map((candidate) => candidate.name);
  const hint = didYouMean(name, names) ?? `there are ${names.join(", ")}`;
  throw new Error(`'account' must name an account of the organization, got '${shownValue(name)}'; ${hint}`);
}

/** Regions besides the home region whose events an event-bus feed forwards, sorted. */
export function forwardedRegions(organization: Organization): Region[] {
  const regions = new Set<Region>([...organization.furtherRegions, ...forwardedByDefault(organization.homeRegion)]);
  for (const region of [organization.homeRegion, ...omittedRegions(organization)]) regions.delete(region);
  return [...regions].sort();
}

/** Regions where nothing is deployed, although global services record their events there. */
export function omittedRegions(organization: Pick<Organization, "omittedRegions">): Region[] {
  return organization.omittedRegions.map(({ region }) => region);
}

/** Regions of global services other than the home region: they are forwarded unless they are omitted. */
export function forwardedByDefault(homeRegion: string): Region[] {
  return globalRegions(homeRegion).filter((region) => region !== homeRegion);
}

/** Regions whose events an account's feed delivers, the home region first. */
export function watchedRegions(organization: Organization, { feed }: Pick<Account, "feed">): readonly Region[] {
  const { homeRegion } = organization;
  return FEEDS[feed].regions === "all" ? partitionRegions(homeRegion) : [homeRegion, ...forwardedRegions(organization)];
}

/** Regions of the partition whose events an account's feed does not deliver: none but the organization trail sees them. */
export function unwatchedRegions(organization: Organization, account: Pick<Account, "feed">): Region[] {
  const watched = new Set(watchedRegions(organization, account));
  return partitionRegions(organization.homeRegion).filter((region) => !watched.has(region));
}
