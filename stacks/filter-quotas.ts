import { holdsRegex } from "../detections/filter-pattern";
import { QUOTAS, type Quota } from "../lib/aws/quotas";
import { FEEDS } from "../lib/naming/feeds";
import type { Account, Organization } from "../organization/organization";
import type { CompiledDetection } from "./compiled-detection";

/** A quota of the metric filters of a log group. */
export interface FilterQuota extends Quota {
  /** Whether a filter with this pattern counts towards it. */
  readonly counts: (pattern: string) => boolean;
  /** What to change in the account files, for an error message. */
  readonly advice: string;
}

export const FILTER_QUOTAS: readonly FilterQuota[] = [
  {
    ...QUOTAS.metricFilters,
    counts: () => true,
    advice: "turn detections off, or watch fewer secrets by families such as 'payments/*'",
  },
  {
    ...QUOTAS.regexFilters,
    counts: holdsRegex,
    advice:
      "turn one of them off, or ignore addresses by a prefix length that needs no regular expression, such as /24",
  },
];

/** Detections that a message lists one by one: there may be a hundred. */
const LISTED = 8;

/** How many filters of a detection count towards a quota. */
export function filtersOf({ filterPatterns }: CompiledDetection, quota: FilterQuota): number {
  return filterPatterns.filter((pattern) => quota.counts(pattern)).length;
}

/** The detections by the log group that holds their filters: that of the feed, and that of data events. */
export function byLogGroup<Of extends Pick<CompiledDetection, "pack">>(compiled: readonly Of[]): readonly Of[][] {
  const ofData = ({ pack }: Of): boolean => pack.events === "data";
  return [compiled.filter((one) => !ofData(one)), compiled.filter(ofData)];
}

/**
 * That the detections of one log group exceed a quota, by how much, and what to do; undefined if they fit.
 *
 * @param existing log group that others have filters on too, such as a second installation. @default - none
 */
export function exceeded(
  quota: FilterQuota,
  compiled: readonly CompiledDetection[],
  { name, feed }: Pick<Account, "name" | "feed">,
  existing?: string,
): string | undefined {
  const counted = compiled
    .map((one) => ({ id: one.detection.id, pack: one.pack.id, count: filtersOf(one, quota) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  const sum = sumOf(counted);
  if (sum <= quota.limit) return undefined;
  return (
    `${quota.per} takes ${quota.limit} ${quota.what}, and account '${name}' (feed '${feed}') needs ${sum} ` +
    `(${listOf(counted)}): ${quota.advice}` +
    (existing === undefined ? "" : `; filters of others on ${existing}, such as a second installation's, count too`)
  );
}

/** Log group of an account's feed that Trailwatch did not create. */
export function existingGroupOf({ trail }: Organization, { feed }: Pick<Account, "feed">): string | undefined {
  return FEEDS[feed].trail === "organization" ? trail.existing?.logGroup : undefined;
}

interface Counted {
  readonly id: string;
  readonly pack: string;
  readonly count: number;
}

/** Each detection; where there are many, each pack, and the detection that needs most. */
function listOf(counted: readonly Counted[]): string {
  const [most] = counted;
  if (counted.length <= LISTED) return counted.map(({ id, count }) => `'${id}' ${count}`).join(", ");
  const packs = [...new Set(counted.map(({ pack }) => pack))];
  const ofPacks = packs.map((pack) => `${pack} ${sumOf(counted.filter((one) => one.pack === pack))}`);
  return [...ofPacks, `most for '${most?.id ?? ""}' ${most?.count ?? 0}`].join(", ");
}

function sumOf(counted: readonly Counted[]): number {
  return counted.reduce((total, { count }) => total + count, 0);
}
