/** Milliseconds since 1970: from the one time on, and before the other. */
export interface TimeSpan {
  readonly from?: number;
  readonly to?: number;
}

/** The folder of one account and region, as CloudTrail calls it in S3. Source: CloudTrail User Guide, finding log files. */
const REGION_FOLDER = /(?:^|.*\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/CloudTrail\/[^/]+\//;

const DAY = 86_400_000;

/** The days of one account and region that may hold events of a time span. */
export interface DayRange {
  /** Listing behind this key leaves out only what is earlier. */
  readonly startAfter: string | undefined;
  /** Whether a key is of a later day, as all behind it are then. */
  isPast(key: string): boolean;
}

/**
 * Which days to list below a prefix; undefined where the prefix does not lead into one account's region. A day more on
 * either side: a file lies with the day that it was delivered on, minutes from its events'.
 */
export function dayRange(prefix: string, { from, to }: TimeSpan): DayRange | undefined {
  const folder = REGION_FOLDER.exec(prefix)?.[0];
  if (folder === undefined) return undefined;
  const last = to === undefined ? undefined : `${folder}${dayFolder(to - 1 + DAY)}`;
  return {
    startAfter: from === undefined ? undefined : `${folder}${dayFolder(from - DAY)}`,
    isPast: (key) => last !== undefined && key.slice(0, last.length) > last,
  };
}

function dayFolder(time: number): string {
  // Times that no calendar has are at its ends.
  const date = new Date(Math.min(Math.max(time, 0), Date.UTC(9999, 11, 31)));
  return `${date.toISOString().slice(0, 10).replaceAll("-", "/")}/`;
}
