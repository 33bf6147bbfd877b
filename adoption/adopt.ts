import { accountWithRole, type Organization } from "../organization/organization";
import { subscriptionsOf } from "../organization/resolve/subscriptions";
import type { Facts, TrailFacts, Unread } from "./facts";
import { nameFindings, quotaFindings, ruleFindings } from "./findings/account-findings";
import { bucketFindings, plannedArchiveFindings, plannedBucketsOf } from "./findings/archive";
import { controlTowerFindings, controlTowerSigns } from "./findings/control-tower";
import { deniedRegions } from "./findings/denied-regions";
import { ORGANIZATION, VERDICTS, type AdoptFinding } from "./findings/finding";
import { logGroupFindings, trailLogGroupOf } from "./findings/log-group";
import { policyFindings } from "./findings/service-control-policies";
import { accountTrailFindings, reusableTrail, trailFindings } from "./findings/trails";
import { patternsOf, type DeployedDetection } from "./filters/deployed-filters";
import { duplicatesIn, type Duplicate } from "./filters/duplicates";
import { importBlocks, type ImportBlock } from "./import-blocks";
import { keepsOwnArchive, regionSettings, settingsOf, type Settings } from "./settings";

/** What an organization has, and what Trailwatch does about it. */
export interface Adoption {
  readonly organizationId: string;
  /** Names of the accounts that were entered. */
  readonly accounts: readonly string[];
  /** In the order of the verdicts. */
  readonly findings: readonly AdoptFinding[];
  readonly duplicates: readonly Duplicate[];
  readonly imports: readonly ImportBlock[];
  readonly settings: Settings;
}

/** By name of the account: detections as synthesized. */
export type DetectionsByAccount = ReadonlyMap<string, readonly DeployedDetection[]>;

/** Compares what was read with what Trailwatch would deploy. */
export function adoptionOf(facts: Facts, organization: Organization, deployed: DetectionsByAccount): Adoption {
  const logArchive = accountWithRole(organization, "log-archive").name;
  const management = facts.accounts.find(({ role }) => role === "management");
  const trail = management === undefined ? undefined : reusableTrail(management, organization);
  const perAccount = duplicatesOf(facts, organization, deployed, trail);
  const { policies, withoutFile } = facts.organization;
  const findings: AdoptFinding[] = [
    ...(management === undefined ? [] : trailFindings(management, trail, organization)),
    ...(management === undefined || trail === undefined
      ? []
      : logGroupFindings(management, trail, filtersOf(organization, management.name, deployed))),
    ...archiveFindings(facts, organization, trail),
    ...controlTowerFindings(controlTowerSigns(facts.accounts, trail), organization.deploymentRole),
    ...(policies === undefined ? [] : policyFindings(policies, organization)),
    ...facts.accounts.flatMap((account) => {
      const settings = organization.accounts.find(({ name }) => name === account.name);
      return [
        ...accountTrailFindings(account),
        ...nameFindings(account),
        ...ruleFindings(account),
        ...(settings === undefined
          ? []
          : quotaFindings(account, settings, newTrailsIn(settings.role, settings.feed, { organization, trail }))),
      ];
    }),
    ...withoutFile.map(({ id, name }): AdoptFinding => ({
      verdict: "unread",
      subject: "account",
      account: ORGANIZATION,
      name: id,
      sentence: `'${name}' has no account file, so it was not read: run trailwatch accounts sync first.`,
    })),
    ...unreadFindings(facts.unread),
  ];
  return {
    organizationId: organization.id,
    accounts: facts.accounts.map(({ name }) => name),
    findings: VERDICTS.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict)),
    duplicates: perAccount.flatMap(({ duplicates }) => duplicates),
    imports: perAccount.flatMap(({ imports }) => imports),
    settings: {
      ...settingsOf(trail, facts.bucket, { organization, logArchive }),
      ...regionSettings(deniedRegions(policies ?? [], organization), organization),
    },
  };
}

function duplicatesOf(
  facts: Facts,
  organization: Organization,
  deployed: DetectionsByAccount,
  trail: TrailFacts | undefined,
) {
  return facts.accounts.flatMap((account) => {
    const settings = organization.accounts.find(({ name }) => name === account.name);
    if (settings === undefined) return [];
    const own = deployed.get(account.name) ?? [];
    const on = new Set(subscriptionsOf(organization, settings).map(({ detection }) => detection.id));
    const duplicates = duplicatesIn(account, patternsOf(own), on);
    const logGroup = account.role === "management" && trail !== undefined ? trailLogGroupOf(trail) : undefined;
    return [{ duplicates, imports: importBlocks(duplicates, own, logGroup) }];
  });
}

function archiveFindings(facts: Facts, organization: Organization, trail: TrailFacts | undefined): AdoptFinding[] {
  const logArchive = accountWithRole(organization, "log-archive");
  const { bucket, unread, plannedBuckets } = facts;
  // The name of a bucket is free only if the account that would own it was asked.
  const isEntered = facts.accounts.some(({ name }) => name === logArchive.name);
  if (trail === undefined) return isEntered ? plannedArchiveFindings(organization, plannedBuckets, unread) : [];
  const keepsOwn = keepsOwnArchive(trail, organization);
  const findings =
    isEntered || bucket !== undefined
      ? bucketFindings(trail, bucket, { unread, logArchive: logArchive.name, keepsOwn })
      : [];
  if (!keepsOwn) return findings;
  const [name = "archive.bucket"] = plannedBucketsOf(organization.archive.bucket, false);
  const sentence =
    "Trails of Trailwatch's remain (trail.dataEvents) and need an archive of their own; without them, the existing " +
    "bucket is used.";
  return [...findings, { verdict: "create", subject: "archive", account: logArchive.name, name, sentence }];
}

/** Metric filters of an account: as synthesized, or at least one for each detection. */
function filtersOf(organization: Organization, name: string, deployed: DetectionsByAccount): number {
  const own = deployed.get(name);
  if (own !== undefined) return own.reduce((count, { filters }) => count + filters.length, 0);
  const account = organization.accounts.find((candidate) => candidate.name === name);
  return account === undefined ? 0 : subscriptionsOf(organization, account).length;
}

function newTrailsIn(
  role: "management" | "log-archive" | "member",
  feed: string,
  { organization, trail }: { readonly organization: Organization; readonly trail: TrailFacts | undefined },
): number {
  if (role !== "management") return feed === "account-trail" ? 1 : 0;
  const { dataEvents } = organization.trail;
  return Number(trail === undefined) + Number(dataEvents.length > 0) + Number(dataEvents.some(({ alarms }) => alarms));
}

function unreadFindings(unread: readonly Unread[]): AdoptFinding[] {
  return unread.map(({ account, what, reason }) => ({
    verdict: "unread",
    subject: "read",
    account,
    name: what,
    sentence: `${reason}.`,
  }));
}
