interface FeedFacts {
  /** Where a CloudTrail record begins in a log event: what filter patterns and queries put before each field. */
  readonly recordRoot: "$" | "$.detail";
  /** Whether the account's log group gets the events of the organization or of the account. */
  readonly events: "organization" | "account";
  /**
   * The trail that writes the events: the organization's, which writes only to the management account's log group, one
   * of the account's own, or none. Checkers accept the filters of pack `cis` on a trail's log group only.
   */
  readonly trail: "organization" | "account" | "none";
  /** Whether the log group gets the events of all regions, or of those from which rules forward them. */
  readonly regions: "all" | "forwarded";
}

/**
 * How CloudTrail's events reach an account's log group, in the order of the settings. The key is the setting `feed`.
 *
 * What a stack deploys for a feed is in stacks/account-feed.ts; everything else that depends on it follows this table.
 */
export const FEEDS = {
  "organization-trail": { recordRoot: "$", events: "organization", trail: "organization", regions: "all" },
  "event-bus": { recordRoot: "$.detail", events: "account", trail: "none", regions: "forwarded" },
  "account-trail": { recordRoot: "$", events: "account", trail: "account", regions: "all" },
} as const satisfies Readonly<Record<string, FeedFacts>>;

export type Feed = keyof typeof FEEDS;

/** Feeds that any account may have. */
export type AccountFeed = { [F in Feed]: (typeof FEEDS)[F]["trail"] extends "organization" ? never : F }[Feed];

/** All feeds, in the order of the table. */
export const feeds = Object.keys(FEEDS) as readonly Feed[];

/** Those that any account may have, not only management. */
export const accountFeeds = feeds.filter(isForAnyAccount);

/** Whether any account may have it, not only management. */
export function isForAnyAccount(feed: Feed): feed is AccountFeed {
  return FEEDS[feed].trail !== "organization";
}
