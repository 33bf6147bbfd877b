import {
  type DeployedFeed,
  OWN_ACCOUNT,
  parseRecord,
  topicRulesOf,
  type TrailEvent,
  trailEvent,
  trailRefusal,
} from "../../signals";
import type { LiveAccount, LiveRule, LiveTrail } from "./deployed/deployed-account";
import type { RecordJson } from "./hop-event";

/** What a feed does with a record. */
export interface FeedDecision {
  readonly feed: DeployedFeed;
  readonly name: string;
  readonly passes: boolean;
  readonly reason: string;
}

/** A record, and its destinations according to what was deployed when its call was made. */
export interface EvaluatedRecord {
  readonly record: RecordJson;
  readonly event: TrailEvent;
  /** The time of the record, in milliseconds since 1970. */
  readonly at: number;
  readonly feeds: readonly FeedDecision[];
  /** Trails that record it, with the account that owns each. */
  readonly trails: readonly { readonly owner: string; readonly trail: LiveTrail }[];
  /** Rules of its account that send it to a topic. */
  readonly topicRules: readonly LiveRule[];
}

/** The deployed resources that determine where records go. */
export interface EvaluatingDeployment {
  readonly accounts: readonly LiveAccount[];
  readonly feeds: readonly DeployedFeed[];
}

/**
 * Evaluates a record against what is deployed. The result omits feeds of other accounts, which stop every record but
 * their own. It also omits feeds that stop a record which another feed brings into the same log group: a pattern that
 * is too long for one rule is split over several.
 */
export function evaluateRecord(
  record: RecordJson,
  at: number,
  { accounts, feeds }: EvaluatingDeployment,
): EvaluatedRecord {
  const parsed = parseRecord(JSON.stringify(record));
  const event = trailEvent(parsed, parsed.account);
  // An organization's trail records the organization's accounts only.
  if (!accounts.some(({ id }) => id === event.account))
    return { record, event, at, feeds: [], trails: [], topicRules: [] };
  const evaluated = feeds.map((feed) => {
    const verdict = feed.evaluate(event);
    return { feed, name: verdict.feed, passes: verdict.passes, reason: verdict.reason() };
  });
  const trails = accounts.flatMap((account) =>
    account.trails
      .filter((trail) => trailRefusal(trail, account, event) === undefined)
      .map((trail) => ({ owner: account.id, trail })),
  );
  const reached = new Set(evaluated.filter(({ passes }) => passes).map(({ feed }) => groupOf(feed)));
  const relevant = evaluated.filter(
    ({ feed, passes, reason }) => passes || (reason !== OWN_ACCOUNT && !reached.has(groupOf(feed))),
  );
  const own = accounts.filter(({ id }) => id === event.account).flatMap(({ rules }) => rules);
  return { record, event, at, feeds: relevant, trails, topicRules: topicRulesOf(own, event) };
}

function groupOf({ account, region, logGroup }: DeployedFeed): string {
  return [account.id, region, logGroup].join("\n");
}
