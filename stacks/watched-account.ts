import { ownNames } from "../lib/naming/own-names";
import type { RegionsByFeed, WatchedAccount } from "../detections/detection";
import { FEEDS } from "../lib/naming/feeds";
import { ownRole, roleNameOf } from "../lib/naming/role-names";
import { alarmedResourceTypes, hasDataAlarms } from "../organization/data-events";
import { SEVERITIES } from "../lib/naming/severity";
import { ignoredNames } from "../organization/resolve/ignored-names";
import { deploymentRole } from "../organization/resolve/access";
import {
  accountNamed,
  accountWithRole,
  unwatchedRegions,
  type Account,
  type Organization,
} from "../organization/organization";
import { statePlaceOf } from "../organization/resolve/state";
import { subscriptionsOf, type Subscription } from "../organization/resolve/subscriptions";
import { existingTopicsIn, existingTopicsOf } from "../organization/resolve/topics";
import { partitionRegions } from "../lib/aws/partitions";
import { archiveBuckets, ownBuckets, trailFilesBucket } from "./names";
import { ownRoleNames } from "./role-boundary";

/** The account data for detections: the names of what they watch. */
export function watchedAccount(organization: Organization, account: Account): WatchedAccount {
  const { homeRegion } = organization;
  const state = statePlaceOf(organization);
  const ownsState = state !== undefined && accountNamed(organization, state.account).id === account.id;
  const role = deploymentRole(organization, account);
  const readers = Object.values(ownNames(organization.names).readingRoles).map((name) =>
    ownRole(organization.iam, name),
  );
  const ignored = ignoredNames(organization, account);
  return {
    name: account.name,
    id: account.id,
    homeRegion,
    organizationId: organization.id,
    managementAccount: accountWithRole(organization, "management").id,
    watchedSecrets: [...account.secrets.create.map(({ name }) => name), ...account.secrets.watch],
    archiveBuckets: [
      ...(account.role === "log-archive" ? archiveBuckets(organization) : []),
      ...[trailFilesBucket(organization, account)].filter((name) => name !== undefined),
    ],
    ...(ownsState ? { stateBucket: state.bucket } : {}),
    ...(ownsState && state.existing !== undefined ? { stateFolder: state.folder } : {}),
    ...(account.role === "management" ? existingTrailOf(organization) : {}),
    ...existingTopicsOfAccount(organization, account),
    ...(ownsState && organization.deployment !== undefined ? { stateReaders: readers } : {}),
    ...(organization.alertHub?.account === account.name ? { hasAlertHub: true } : {}),
    ...(organization.alertHub?.account === account.name && organization.alertHub.webhooks.length > 0
      ? { hasWebhooks: true }
      : {}),
    ...(role === undefined ? {} : { deploymentRole: role }),
    ...ownRoleNames(organization),
    ...chosenRoles(organization, account),
    ...(ignored.roles.length + ignored.users.length === 0 ? {} : { ignoredNames: ignored }),
    ...(FEEDS[account.feed].events === "organization" ? ofOrganization(organization, account) : {}),
    ...(account.role === "management" && hasDataAlarms(organization) ? ofDataEvents(organization) : {}),
  };
}

/** Only where CI deploys do stacks create the deployment roles: others are of another team, or of AWS Control Tower. */
function chosenRoles(organization: Organization, account: Account): Pick<WatchedAccount, "chosenRoles"> {
  const { accounts, deployment, iam, names } = organization;
  if (deployment === undefined) return {};
  const seen = FEEDS[account.feed].events === "organization" ? accounts : [account];
  const roles = seen.flatMap((each) => deploymentRole(organization, each) ?? []).map(roleNameOf);
  const chosen = roles.filter((role) => !role.startsWith(`${iam.namePrefix}${ownNames(names).prefix}`));
  return chosen.length === 0 ? {} : { chosenRoles: [...new Set(chosen)].sort() };
}

function existingTrailOf({ homeRegion, trail }: Organization): Pick<WatchedAccount, "existingTrail"> {
  const { existing } = trail;
  if (existing === undefined) return {};
  const { name, region = homeRegion, logGroup } = existing;
  return { existingTrail: { name, region, ...(logGroup === undefined ? {} : { logGroup }) } };
}

function existingTopicsOfAccount(organization: Organization, account: Account): Pick<WatchedAccount, "existingTopics"> {
  const existingTopics = existingTopicsIn(organization, account);
  return existingTopics.length === 0 ? {} : { existingTopics };
}

/** What detections of data events must know. */
function ofDataEvents(
  organization: Organization,
): Pick<WatchedAccount, "alarmedResourceTypes" | "organizationAccounts"> {
  return {
    alarmedResourceTypes: alarmedResourceTypes(organization),
    organizationAccounts: organization.accounts.map(({ id }) => id).sort(),
  };
}

/** What detections of all accounts must know. */
function ofOrganization(
  organization: Organization,
  account: Account,
): Pick<
  WatchedAccount,
  | "deploymentRoles"
  | "organizationBuckets"
  | "organizationTopics"
  | "alertHubAccount"
  | "regions"
  | "organizationDetections"
> {
  const { alertHub } = organization;
  const topics = existingTopicsOf(organization);
  const roles = organization.accounts.flatMap((each) => deploymentRole(organization, each) ?? []);
  return {
    deploymentRoles: [...new Set(roles)].sort(),
    organizationBuckets: ownBuckets(organization),
    regions: regionsOf(organization),
    ...(topics.length === 0 ? {} : { organizationTopics: topics }),
    organizationDetections: subscriptionsOf(organization, account)
      .filter(({ detection }) => detection.scope === "organization")
      .filter(isUnweakened)
      .map(({ detection }) => detection.id),
    ...(alertHub === undefined ? {} : { alertHubAccount: accountNamed(organization, alertHub.account).id }),
  };
}

/** Whether it reports at least what it does by default, so that it can stand in for another one. */
function isUnweakened({ detection, alarm, ...set }: Subscription): boolean {
  return (
    set.ignore.length === 0 &&
    SEVERITIES.indexOf(set.severity) <= SEVERITIES.indexOf(detection.severity) &&
    alarm.kind === "static-threshold" &&
    set.threshold <= detection.threshold &&
    set.evaluationPeriods <= detection.evaluationPeriods
  );
}

/** A region is watched if every account's feed delivers its events. */
function regionsOf(organization: Organization): RegionsByFeed {
  const regions = partitionRegions(organization.homeRegion);
  const unseen = new Set(organization.accounts.flatMap((account) => unwatchedRegions(organization, account)));
  return {
    watched: regions.filter((region) => !unseen.has(region)),
    unwatched: regions.filter((region) => unseen.has(region)),
  };
}
