import { all, equals, matches, not, type Condition } from "../detections/condition";
import { conditionsFor, isCovered, type Detection, type WatchedAccount } from "../detections/detection";
import { filterPatterns, type RecordRoot } from "../detections/filter-pattern";
import { briefInsightsQueryOf, insightsQueryOf } from "../detections/insights-query";
import { inIpRange } from "../detections/ip-range";
import { ConditionError } from "../detections/normal-form";
import { KIND_OF_SEVERITY, type TopicKind } from "../lib/naming/alarm-description";
import { FEEDS } from "../lib/naming/feeds";
import type { Account } from "../organization/organization";
import { ignoreTests, type Ignore, type Subscription } from "../organization/resolve/subscriptions";
import { memoized } from "./synthesis/memoized";

/** Maximum length of a saved query. Source: CloudWatch Logs API, PutQueryDefinition, queryString. */
const MAX_QUERY_LENGTH = 10_000;

/** A subscription, compiled for CloudWatch. */
export interface CompiledDetection extends Subscription {
  /** What EventBridge must let through for it; empty for a verbatim pattern. */
  readonly conditions: readonly Condition[];
  /** Filter patterns; no event matches two of them. */
  readonly filterPatterns: readonly string[];
  /** Whether the patterns are verbatim for a checker, which requires their names too. */
  readonly asCheckersExpect: boolean;
  /** Computed when called: no limit depends on them. */
  readonly queries: () => InsightsQueries;
}

/** Logs Insights queries that show what a detection counts in an account. */
export interface InsightsQueries {
  /** What matched and who did it. */
  readonly query: string;
  /** The same by event names alone: shorter. */
  readonly briefQuery?: string;
}

/** The topic of its alarm: a verbatim detection never pages, its tuned twin does. */
export function topicKindOfDetection({
  asCheckersExpect,
  severity,
}: Pick<CompiledDetection, "asCheckersExpect" | "severity">): TopicKind {
  return asCheckersExpect ? "notice" : KIND_OF_SEVERITY[severity];
}

/**
 * Whether a change window may suppress it: not verbatim detections, and not those for changes to the monitoring itself.
 */
export function isQuietInWindow({ asCheckersExpect, pack }: CompiledDetection): boolean {
  return !asCheckersExpect && pack.id !== "guard";
}

/** Those whose events reach the log group of the account's feed: data events have another. */
export function ofFeed(compiled: readonly CompiledDetection[]): CompiledDetection[] {
  return compiled.filter(({ pack }) => pack.events !== "data");
}

/**
 * Compiles a subscription for an account's feed. Undefined when the detection has nothing to watch there.
 *
 * @throws Error naming detection and account when CloudWatch would refuse it
 */
export function compileSubscription(
  subscription: Subscription,
  account: Account,
  watched: WatchedAccount,
): CompiledDetection | undefined {
  const { detection, pack } = subscription;
  // The log group of data events is that of a trail, whatever the account's feed is.
  const root = pack.events === "data" ? "$" : recordRoot(account);
  // Values that are the same in every account, as most are, need not be part of the cache key.
  const inAccount =
    "patterns" in detection || (typeof detection.condition !== "function" && !isCovered(detection, watched))
      ? undefined
      : conditionsFor(detection, watched);
  // The query shows exactly what the filters count here: without ignored events, and without other accounts.
  const narrowedBy = [...ownEventsOnly(subscription, account), ...subscription.ignore.map(notIgnored)];
  const narrowed = { inAccount, narrowedBy, root };
  try {
    const filters = filtersOf(detection, narrowed, account.id);
    if (filters.filterPatterns.length === 0) return undefined;
    const queries = () => queriesOf(detection, narrowed, account.id);
    return { ...subscription, ...filters, asCheckersExpect: "patterns" in detection, queries };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    const advice = subscription.ignore.length > 0 ? "; its 'ignore' entries are part of it" : "";
    throw new Error(`detection '${detection.id}' in account '${account.name}': ${error.message}${advice}`, {
      cause: error,
    });
  }
}

/** Path of the CloudTrail record in the log events of an account's feed. */
export function recordRoot(account: Account): RecordRoot {
  return FEEDS[account.feed].recordRoot;
}

/** The organization trail's log group holds every account's events. */
function ownEventsOnly({ detection }: Subscription, account: Account): Condition[] {
  return FEEDS[account.feed].events === "organization" && detection.scope === "account"
    ? [equals("recipientAccountId", account.id)]
    : [];
}

function notIgnored(ignore: Ignore): Condition {
  return not(
    all(
      ...ignoreTests(ignore).flatMap(({ field, equals: text, matches: wildcard, ipAddress }) => [
        ...(text === undefined ? [] : [equals(field, text)]),
        ...(wildcard === undefined ? [] : [matches(field, wildcard)]),
        ...(ipAddress === undefined ? [] : [inIpRange(field, ipAddress)]),
      ]),
    ),
  );
}

/** The part of a detection that depends on an account. */
interface Narrowed {
  /** Its conditions in the account, if they depend on the account. */
  readonly inAccount: readonly Condition[] | undefined;
  readonly narrowedBy: readonly Condition[];
  readonly root: RecordRoot;
}

type Filters = Pick<CompiledDetection, "conditions" | "filterPatterns">;

const filtersOf = memoized((detection: Detection, narrowed: Narrowed): Filters => {
  const conditions = narrowedConditions(detection, narrowed);
  return {
    conditions,
    filterPatterns:
      "patterns" in detection ? detection.patterns : conditions.flatMap((each) => filterPatterns(each, narrowed.root)),
  };
});

const queriesOf = memoized((detection: Detection, narrowed: Narrowed): InsightsQueries => {
  const briefQuery = briefInsightsQueryOf(detection, unnarrowed(detection, narrowed), narrowed.root);
  const query = insightsQueryOf(detection, narrowedConditions(detection, narrowed), narrowed.root) ?? "";
  // By event names, a query for one that is too long finds more than was counted, but it can be deployed.
  return { query: query.length > MAX_QUERY_LENGTH ? (briefQuery ?? query) : query, briefQuery };
});

function unnarrowed(detection: Detection, { inAccount }: Narrowed): readonly Condition[] {
  if ("patterns" in detection) return [];
  return inAccount ?? (typeof detection.condition === "function" ? [] : [detection.condition]);
}

function narrowedConditions(detection: Detection, narrowed: Narrowed): Condition[] {
  return unnarrowed(detection, narrowed).map((condition) => all(condition, ...narrowed.narrowedBy));
}
