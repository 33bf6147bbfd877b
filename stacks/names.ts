import { ownNames } from "../lib/naming/own-names";
import { arn } from "../lib/aws/partitions";
import { archiveBucketOf, archiveFamilyOf } from "../organization/resolve/archive";
import { accessLogBucketOf, queryResultsBucketOf, trailFilesBucketOf } from "../lib/naming/archive-buckets";
import { FEEDS } from "../lib/naming/feeds";
import { trailArn } from "../lib/naming/trails";
import { hasDataAlarms } from "../organization/data-events";
import { accountNamed, accountWithRole, type Account, type Organization } from "../organization/organization";
import { statePlaceOf } from "../organization/resolve/state";
import { witnessedBy } from "../organization/resolve/topics";
import type { DeliveringTrail } from "../modules/archive/delivering-trails";

// What stacks of different accounts agree on without reading each other's state. The names are in lib/naming.

/** ARN of the hub's event bus; undefined: there is no hub. */
export function alertBusArn(organization: Organization): string | undefined {
  const { alertHub, homeRegion } = organization;
  if (alertHub === undefined) return undefined;
  return arn(
    homeRegion,
    "events",
    accountNamed(organization, alertHub.account).id,
    `event-bus/${ownNames(organization.names).alertBus}`,
  );
}

/** Whether the account has the witness topic: the management account, and that of the alert hub. */
export function hasWitness({ alertHub }: Organization, account: Account): boolean {
  return account.role === "management" || account.name === alertHub?.account;
}

/** ARN of the topic that an account's witness notifies. */
export function witnessTopicArn(organization: Organization, account: Account): string {
  const { existing } = witnessedBy(organization, account);
  return existing?.topicArn ?? arn(organization.homeRegion, "sns", account.id, ownNames(organization.names).witness);
}

/** Buckets of the log-archive stack, without an archive that it does not create. */
export function createdArchiveBuckets(organization: Organization): string[] {
  const { archive, athena } = organization;
  const family = archiveFamilyOf(organization);
  return [
    ...(archive.bucket === undefined ? [] : [archive.bucket]),
    ...(archive.bucket === undefined && !athena.enabled ? [] : [accessLogBucketOf(family)]),
    ...(athena.enabled ? [queryResultsBucketOf(family)] : []),
  ];
}

/** The archive, and the buckets of the log-archive stack. */
export function archiveBuckets(organization: Organization): string[] {
  return [...new Set([archiveBucketOf(organization).bucket, ...createdArchiveBuckets(organization)])];
}

/** Buckets that take part in the logging itself. */
export function ownBuckets(organization: Organization): string[] {
  const { bucket } = archiveBucketOf(organization);
  const state = statePlaceOf(organization);
  const accessLogs = organization.archive.existing === undefined ? [accessLogBucketOf(bucket)] : [];
  return [bucket, ...accessLogs, ...(state === undefined ? [] : [state.bucket])];
}

/** The same, but only Trailwatch's part of a state bucket that exists, which may hold other states. */
export function ownBucketParts(organization: Organization): string[] {
  const state = statePlaceOf(organization);
  return ownBuckets(organization).map((bucket) => (bucket === state?.bucket ? state.ownPart : bucket));
}

/** The organization's trails that Trailwatch creates, as the archive must admit them. */
export function organizationTrails(organization: Organization): DeliveringTrail[] {
  const { id: accountId } = accountWithRole(organization, "management");
  const own = ownNames(organization.names);
  const names = [
    ...(organization.trail.existing === undefined ? [own.organizationTrail] : []),
    ...(organization.trail.dataEvents.some(({ alarms }) => !alarms) ? [own.dataTrail] : []),
    ...(hasDataAlarms(organization) ? [own.dataAlarmsTrail] : []),
  ];
  return names.map((name) => ({ accountId, arn: trailArn(organization.homeRegion, accountId, name) }));
}

/** Name of the log group of the organization trail; empty where an existing trail has none. */
export function organizationLogGroup({ names, trail }: Organization, management: Account): string {
  const { existing } = trail;
  return existing === undefined
    ? ownNames(names).trailLogGroup(management.name, "organization-trail")
    : (existing.logGroup ?? "");
}

/** Bucket of the files of an account's own trail beside an existing archive; undefined: it has none. */
export function trailFilesBucket({ archive, homeRegion, names }: Organization, account: Account): string | undefined {
  const hasOwn = archive.existing !== undefined && FEEDS[account.feed].trail === "account";
  return hasOwn ? trailFilesBucketOf(names, account.id, homeRegion) : undefined;
}

/** Trails of single accounts, as the archive must admit them. */
export function accountTrails({ accounts, homeRegion, names }: Organization): DeliveringTrail[] {
  return accounts
    .filter(({ feed }) => FEEDS[feed].trail === "account")
    .map(({ id }) => ({ accountId: id, arn: trailArn(homeRegion, id, ownNames(names).accountTrail) }));
}
