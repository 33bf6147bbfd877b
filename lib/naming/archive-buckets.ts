import type { NamesSettings } from "./own-resources";

/** What is appended to the archive's name: buckets that belong to it. */
const SUFFIXES = { accessLogs: "-access-logs", queryResults: "-athena" } as const;

/** Bucket of the files of an account's own trail, beside an archive that Trailwatch does not create. */
export function trailFilesBucketOf({ prefix }: NamesSettings, accountId: string, homeRegion: string): string {
  return `${prefix}-${accountId}-${homeRegion}-trail`;
}

/** Source: S3 User Guide, general purpose bucket naming rules. */
const LONGEST_BUCKET = 63;

/** The longest name of the archive for which the names derived from it are not too long. */
export const LONGEST_ARCHIVE = LONGEST_BUCKET - Math.max(...Object.values(SUFFIXES).map(({ length }) => length));

/** Bucket of the archive's server access logs. */
export function accessLogBucketOf(archive: string): string {
  return `${archive}${SUFFIXES.accessLogs}`;
}

/** Bucket of the results of queries over the archive. */
export function queryResultsBucketOf(archive: string): string {
  return `${archive}${SUFFIXES.queryResults}`;
}
