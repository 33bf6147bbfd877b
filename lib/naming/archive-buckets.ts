/** What is appended to the archive's name: buckets that belong to it. */
const SUFFIXES = { accessLogs: "-access-logs", queryResults: "-athena" } as const;

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
