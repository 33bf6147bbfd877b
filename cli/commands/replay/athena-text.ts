import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { NO_SCAN, priceOf, sumOf, type Scan } from "../../../athena/scan-estimate";
import type { ArchiveReplay } from "../../../athena/query-archive";

/** What is about to be read, and what it costs: `1.2 GB in 4,210 files of 4 accounts, about $0.01`. */
export function estimateText(scans: readonly Scan[], accounts: number): string {
  const { objects, bytes, coldBytes } = scans.length === 0 ? NO_SCAN : sumOf(scans);
  const cold = coldBytes === 0 ? "" : `, ${sizeText(coldBytes)} of it from Glacier Instant Retrieval`;
  return (
    `${sizeText(bytes)} in ${counted(objects, "file")} of ${counted(accounts, "account")}${cold}, ` +
    `about $${priceOf(sumOf(scans)).toFixed(2)} at the prices of us-east-1`
  );
}

/** A line for each reason why something is missing from the result, with how much and where. */
export function notQueriedText(notQueried: ArchiveReplay["notQueried"]): string[] {
  const reasons = [...new Set(notQueried.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const these = notQueried.filter((one) => one.reason === reason);
    const names = these.map(({ account, detection }) => `${detection} in ${account}`);
    return `Not queried, because SQL cannot express it: ${abbreviated(names, MAX_NAMES)}: ${reason}`;
  });
}

/** More names than this are only counted. */
const MAX_NAMES = 3;

/** Bytes in a readable unit. */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
