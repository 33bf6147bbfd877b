import { holdsRegex } from "../detections/filter-pattern";
import { QUOTAS, type Quota } from "../lib/aws/quotas";
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

/** Detections that a message lists, those with most filters first: there may be a hundred. */
const LISTED = 8;

/** How many filters of a detection count towards a quota. */
export function filtersOf({ filterPatterns }: CompiledDetection, quota: FilterQuota): number {
  return filterPatterns.filter((pattern) => quota.counts(pattern)).length;
}

/** That the detections of an account exceed a quota, by how much, and what to do; undefined if they fit. */
export function exceeded(
  quota: FilterQuota,
  compiled: readonly CompiledDetection[],
  account: string,
): string | undefined {
  const counted = compiled
    .map((one) => ({ id: one.detection.id, count: filtersOf(one, quota) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  const sum = counted.reduce((total, { count }) => total + count, 0);
  if (sum <= quota.limit) return undefined;
  const listed = counted.slice(0, LISTED).map(({ id, count }) => `'${id}' ${count}`);
  if (counted.length > LISTED) listed.push("…");
  return (
    `${quota.per} takes ${quota.limit} ${quota.what}, and account '${account}' needs ${sum} ` +
    `(${listed.join(", ")}): ${quota.advice}`
  );
}
