import { PLAIN } from "../../lib/naming/own-names";
import type { QueriedFeed } from "../queried/queried-feeds";
import { literal } from "../../detections/athena/literal";
import { TRAIL_TABLE } from "../../detections/athena/trail-table";
import { Flags } from "./flags";

/** An account whose records are counted, and the feeds that may deliver them. */
export interface CountedAccount {
  readonly id: string;
  readonly feeds: readonly QueriedFeed[];
}

/** Milliseconds since 1970: `from` is included, `to` is not. */
export interface QueryTimeSpan {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;

/**
 * One query that counts what all filters match in the records of some accounts. It returns few rows: one for each
 * minute with matches and each combination of them, and one for each day of other records, or for each hour where
 * alarms need the times of other records. It reads the table once.
 */
export class CountsQuery {
  /** What feeds let through. */
  readonly feeds: Flags;
  /** What filters match, whether or not a feed delivers it. */
  readonly filters: Flags;

  constructor(
    readonly accounts: readonly CountedAccount[],
    readonly span: QueryTimeSpan,
    private readonly database: string = PLAIN.archiveDatabase,
  ) {
    const queried = accounts.flatMap(({ id, feeds }) =>
      feeds.map((feed) => ({ id, feed: feed.sql, filters: feed.filters.map(({ sql }) => sql) })),
    );
    this.feeds = new Flags(
      "feeds",
      queried.map(({ feed }) => feed),
      this.guards(queried.map(({ id, feed }) => [feed, id])),
    );
    this.filters = new Flags(
      "matches",
      queried.flatMap(({ filters }) => filters),
      this.guards(queried.flatMap(({ id, filters }) => filters.map((sql) => [sql, id] as const))),
    );
  }

  /** Regions to query; undefined: all regions of the table. */
  get regions(): readonly string[] | undefined {
    const ofFeeds = this.accounts.flatMap(({ feeds }) => feeds.map(({ regions }) => regions));
    const known = ofFeeds.flatMap((regions) => regions ?? []);
    return ofFeeds.includes(undefined) ? undefined : [...new Set(known)].sort();
  }

  /** The delivery days that may hold its events, such as `2026/01/15`: one extra day, for late deliveries. */
  get days(): { readonly first: string; readonly last: string } {
    return { first: dayOf(this.span.from), last: dayOf(this.span.to - 1 + DAY) };
  }

  /** In the dialect of Athena engine version 3. */
  get sql(): string {
    const keys = ["account", ...this.feeds.columns, ...this.filters.columns, BUCKET];
    return [
      `SELECT\n  ${[...keys.slice(0, -1), `${BUCKET} AS bucket`, ...VALUES].join(",\n  ")}`,
      `FROM (\n  SELECT *, ${this.filters.columns.join(" + ")} > 0 AS matched\n  FROM (${this.flagged})\n  ` +
        `WHERE seconds >= ${inSeconds(this.span.from)} AND seconds < ${inSeconds(this.span.to)}\n)`,
      `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}`,
    ].join("\n");
  }

  private get flagged(): string {
    const { regions, days } = this;
    const columns = [
      ...["account", "awsregion", "eventid"],
      "to_unixtime(TRY(from_iso8601_timestamp(eventtime))) AS seconds",
      `${this.hourly} AS is_hourly`,
      ...this.feeds.selected,
      ...this.filters.selected,
    ];
    const where = [
      anyOf(
        "account",
        this.accounts.map(({ id }) => id),
      ),
      ...(regions === undefined ? [] : [anyOf("region", regions)]),
      `day BETWEEN ${literal(days.first)} AND ${literal(days.last)}`,
    ];
    return (
      `\n    SELECT\n    ${columns.join(",\n    ")}` +
      `\n    FROM ${this.database}.${TRAIL_TABLE}\n    WHERE ${where.join(" AND ")}\n  `
    );
  }

  /** Where alarms evaluate values of 0, the minutes of records without a match count. */
  private get hourly(): string {
    const hourly = this.accounts.filter(({ feeds }) => feeds.some(({ evaluated }) => evaluated.zeroing.length > 0));
    if (hourly.length === 0) return "false";
    return hourly.length === this.accounts.length
      ? "true"
      : anyOf(
          "account",
          hourly.map(({ id }) => id),
        );
  }

  /** An expression that is not evaluated for all accounts is guarded by the accounts that it applies to. */
  private guards(queried: readonly (readonly [sql: string, account: string])[]): Map<string, string> {
    const accounts = new Map<string, Set<string>>();
    for (const [sql, account] of queried) accounts.set(sql, (accounts.get(sql) ?? new Set()).add(account));
    return new Map(
      [...accounts]
        .filter(([, ids]) => ids.size < this.accounts.length)
        .map(([sql, ids]) => [sql, anyOf("account", [...ids])]),
    );
  }
}

/** Start of the row's period, in seconds since 1970. */
const BUCKET =
  "CAST(CASE WHEN matched THEN floor(seconds / 60) * 60 WHEN is_hourly THEN floor(seconds / 3600) * 3600 ELSE floor(seconds / 86400) * 86400 END AS bigint)";

// FIRST and LAST are keywords that Athena reserves (User Guide, "Escape reserved keywords in queries").
const VALUES = [
  "count(*) AS records",
  // CloudTrail delivers at least once.
  "count(DISTINCT CASE WHEN matched THEN coalesce(awsregion, '') || eventid END)" +
    " + count(CASE WHEN matched AND eventid IS NULL THEN 1 END) AS events",
  "CAST(min(seconds) AS bigint) AS earliest",
  "CAST(max(seconds) AS bigint) AS latest",
  // The minutes of an hour, one bit each.
  "bitwise_or_agg(CASE WHEN matched OR NOT is_hourly THEN BIGINT '0'" +
    " ELSE CAST(power(2, floor(seconds / 60) - floor(seconds / 3600) * 60) AS bigint) END) AS minutes",
];

function anyOf(column: string, texts: readonly string[]): string {
  return `${column} IN (${texts.map((text) => literal(text)).join(", ")})`;
}

function inSeconds(time: number): string {
  return (time / 1000).toFixed(3);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");
}
