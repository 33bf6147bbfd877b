import { arn } from "../lib/aws/partitions";
import { accessLogBucketOf, queryResultsBucketOf } from "../lib/naming/archive-buckets";
import { FEEDS } from "../lib/naming/feeds";
import { ALERT_BUS, WITNESS } from "../lib/naming/resource-names";
import { ACCOUNT_TRAIL, DATA_ALARMS_TRAIL, DATA_TRAIL, ORGANIZATION_TRAIL, trailArn } from "../lib/naming/trails";
import { hasDataAlarms } from "../organization/data-events";
import { accountNamed, accountWithRole, type Account, type Organization } from "../organization/organization";
import { bucketStateOf } from "../organization/resolve/state";
import type { DeliveringTrail } from "../modules/archive/archive-key-policy";

// What stacks of different accounts agree on without reading each other's state. The names are in lib/naming.

/** ARN of the hub's event bus; undefined: there is no hub. */
export function alertBusArn(organization: Organization): string | undefined {
  const { alertHub, homeRegion } = organization;
  if (alertHub === undefined) return undefined;
  return arn(homeRegion, "events", accountNamed(organization, alertHub.account).id, `event-bus/${ALERT_BUS}`);
}

/** Whether the account has the witness topic: the management account, and that of the alert hub. */
export function hasWitness({ alertHub }: Organization, account: Account): boolean {
  return account.role === "management" || account.name === alertHub?.account;
}

/** ARN of an account's witness topic. */
export function witnessTopicArn({ homeRegion }: Organization, account: Account): string {
  return arn(homeRegion, "sns", account.id, WITNESS);
}

/** Buckets of the log-archive stack. */
export function archiveBuckets({ archive, athena }: Organization): string[] {
  const { bucket } = archive;
  return [bucket, accessLogBucketOf(bucket), ...(athena.enabled ? [queryResultsBucketOf(bucket)] : [])];
}

/** Buckets that take part in the logging itself. */
export function ownBuckets(organization: Organization): string[] {
  const { bucket } = organization.archive;
  const state = bucketStateOf(organization.state);
  return [bucket, accessLogBucketOf(bucket), ...(state === undefined ? [] : [state.bucket])];
}

/** The organization's trails, as the archive must admit them. */
export function organizationTrails(organization: Organization): DeliveringTrail[] {
  const { id: accountId } = accountWithRole(organization, "management");
  const names = [
    ORGANIZATION_TRAIL,
    ...(organization.trail.dataEvents.some(({ alarms }) => !alarms) ? [DATA_TRAIL] : []),
    ...(hasDataAlarms(organization) ? [DATA_ALARMS_TRAIL] : []),
  ];
  return names.map((name) => ({ accountId, arn: trailArn(organization.homeRegion, accountId, name) }));
}

/** Trails of single accounts, as the archive must admit them. */
export function accountTrails({ accounts, homeRegion }: Organization): DeliveringTrail[] {
  return accounts
    .filter(({ feed }) => FEEDS[feed].trail === "account")
    .map(({ id }) => ({ accountId: id, arn: trailArn(homeRegion, id, ACCOUNT_TRAIL) }));
}
