/** Milliseconds since 1970: `from` is included, `to` is not. */
export interface TimeSpan {
  readonly from?: number;
  readonly to?: number;
}

/**
 * The folder of one account and region, as CloudTrail names it in S3. Source: CloudTrail User Guide, finding log files.
 */
const REGION_FOLDER = /(?:^|.*\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/CloudTrail\/[^/]+\//;

const DAY = 86_400_000;

/** The days of one account and region that may hold events of a time span. */
export interface DayRange {
  /** Listing after this key skips only earlier days. */
  readonly startAfter: string | undefined;
  /** Whether a key is of a later day, as all keys after it are then. */
  isPast(key: string): boolean;
}

/**
 * Which days to list below a prefix; undefined if the prefix is not inside one account's region. Includes a day more on
 * either side: a file is in the folder of its delivery day, minutes after its events.
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
  // The ends may be outside the range of dates.
  const date = new Date(Math.min(Math.max(time, 0), Date.UTC(9999, 11, 31)));
  return `${date.toISOString().slice(0, 10).replaceAll("-", "/")}/`;
}
