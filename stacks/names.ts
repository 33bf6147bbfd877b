import { accessLogBucketOf, queryResultsBucketOf } from "../lib/naming/archive-buckets";
import { FEEDS } from "../lib/naming/feeds";
import { accountNamed, accountWithRole, type Account, type Organization } from "../organization/organization";
import { bucketStateOf } from "../organization/resolve/state";
import type { DeliveringTrail } from "../modules/archive/archive-key-policy";

// Names and ARNs that stacks of different accounts agree on without reading each other's state.

/** Trail of management and Insights events of the whole organization. */
export const ORGANIZATION_TRAIL = "trailwatch-organization";
/** Trail of data events of the whole organization. */
export const DATA_TRAIL = "trailwatch-organization-data";
/** Trail of an account that has one of its own. */
export const ACCOUNT_TRAIL = "trailwatch-account";
/** Alias of the key that encrypts Terraform state. */
export const STATE_KEY_ALIAS = "trailwatch-state";
/** Log group of the event-bus feed. */
export const EVENTS_LOG_GROUP = "/aws/events/trailwatch";
/** Permissions boundary of the roles that deployments create, where CI deploys. */
export const BOUNDARY = "trailwatch-boundary";

/** Athena workgroup for queries on the archive. */
export const ATHENA_WORKGROUP = "trailwatch";

/** A role by which CI enters the account of `deployment`. */
export type EntryRoleName = `trailwatch-ci-${"plan" | "audit" | "apply" | "hcp-terraform"}`;

/** Event bus that the alarms of all accounts arrive on, in the hub's account. */
export const ALERT_BUS = "trailwatch-alerts";

/** ARN of that bus; undefined: there is no hub. */
export function alertBusArn(organization: Organization): string | undefined {
  const { alertHub, homeRegion } = organization;
  if (alertHub === undefined) return undefined;
  return `arn:aws:events:${homeRegion}:${accountNamed(organization, alertHub.account).id}:event-bus/${ALERT_BUS}`;
}

/** Log group of a trail. */
export function trailLogGroup(account: Account, trail: "organization-trail" | "account-trail"): string {
  return `/trailwatch/${account.name}/${trail}`;
}

/** Bucket of the archive's server access logs. */
export function accessLogBucket(organization: Organization): string {
  return accessLogBucketOf(organization.archive.bucket);
}

/** Bucket of the results of queries over the archive. */
export function queryResultsBucket({ archive }: Organization): string {
  return queryResultsBucketOf(archive.bucket);
}

/** Buckets of the log-archive stack. */
export function archiveBuckets(organization: Organization): string[] {
  const { archive, athena } = organization;
  return [archive.bucket, accessLogBucket(organization), ...(athena.enabled ? [queryResultsBucket(organization)] : [])];
}

/** Buckets that take part in the logging itself. */
export function ownBuckets(organization: Organization): string[] {
  const state = bucketStateOf(organization.state);
  return [organization.archive.bucket, accessLogBucket(organization), ...(state === undefined ? [] : [state.bucket])];
}

/** ARN of a trail; the same in every account that sees the trail. */
export function trailArn(organization: Organization, account: Account, name: string): string {
  return `arn:aws:cloudtrail:${organization.homeRegion}:${account.id}:trail/${name}`;
}

/** The organization's trails, as the archive must admit them. */
export function organizationTrails(organization: Organization): DeliveringTrail[] {
  const management = accountWithRole(organization, "management");
  const names = organization.trail.dataEvents.length > 0 ? [ORGANIZATION_TRAIL, DATA_TRAIL] : [ORGANIZATION_TRAIL];
  return names.map((name) => ({ accountId: management.id, arn: trailArn(organization, management, name) }));
}

/** Trails of single accounts, as the archive must admit them. */
export function accountTrails(organization: Organization): DeliveringTrail[] {
  return organization.accounts
    .filter(({ feed }) => FEEDS[feed].trail === "account")
    .map((account) => ({ accountId: account.id, arn: trailArn(organization, account, ACCOUNT_TRAIL) }));
}
