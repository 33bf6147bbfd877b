import { all, any, equals, matches, not, type Condition } from "../detections/condition";
import { conditionsFor, type Detection, type WatchedAccount } from "../detections/detection";
import { filterPatterns, type RecordRoot } from "../detections/filter-pattern";
import { insightsQueryOf } from "../detections/insights-query";
import { ConditionError } from "../detections/normal-form";
import type { Account } from "../organization/organization";
import type { Ignore, Subscription } from "../organization/subscriptions";
import { remembered } from "./remembered";

/** A subscription as CloudWatch gets it. */
export interface CompiledDetection extends Subscription {
  /** What EventBridge must let through for it; none for a pattern in a checker's words. */
  readonly conditions: readonly Condition[];
  /** Filter patterns, of which no event matches two. */
  readonly filterPatterns: readonly string[];
  /** Whether the patterns are a checker's, who looks for their names too. */
  readonly asCheckersExpect: boolean;
  /** Logs Insights query that shows what matched and who did it. */
  readonly query: string;
}

/** Which topic hears of it: what a checker wants is never worth waking somebody, its tuned twin is. */
export function topicOf({ asCheckersExpect, severity }: CompiledDetection): "alerts" | "notices" {
  return !asCheckersExpect && (severity === "critical" || severity === "high") ? "alerts" : "notices";
}

/** Whether a change window may keep it quiet: not what checkers want, and nothing that tells of tampering with ourselves. */
export function isQuietInWindow({ asCheckersExpect, pack }: CompiledDetection): boolean {
  return !asCheckersExpect && pack.id !== "guard";
}

/**
 * Compiles a subscription for an account's feed. Undefined when the detection has nothing to watch there.
 *
 * @throws Error naming detection and account when CloudWatch cannot take it
 */
export function compileSubscription(
  subscription: Subscription,
  account: Account,
  watched: WatchedAccount,
): CompiledDetection | undefined {
  const { detection } = subscription;
  const root = recordRoot(account);
  try {
    if ("patterns" in detection) {
      const { query } = textsOf(detection, { conditions: [], root }, account.id);
      if (query === undefined) return undefined;
      return { ...subscription, conditions: [], filterPatterns: detection.patterns, asCheckersExpect: true, query };
    }
    // The query shows what the filters count here, no more: without what is ignored, and without other accounts.
    const conditions = conditionsFor(detection, watched).map((condition) =>
      all(condition, ...ownEventsOnly(subscription, account), ...subscription.ignore.map(notIgnored)),
    );
    const { query, filterPatterns } = textsOf(detection, { conditions, root }, account.id);
    if (query === undefined) return undefined;
    return { ...subscription, conditions, filterPatterns, asCheckersExpect: false, query };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    const advice = subscription.ignore.length > 0 ? "; its 'ignore' entries are part of it" : "";
    throw new Error(`detection '${detection.id}' in account '${account.name}': ${error.message}${advice}`, {
      cause: error,
    });
  }
}

/** Where a CloudTrail record begins in the log events of an account's feed. */
export function recordRoot(account: Account): RecordRoot {
  return account.feed === "event-bus" ? "$.detail" : "$";
}

/** The log group of the organization's trail holds every account's events. */
function ownEventsOnly({ detection }: Subscription, account: Account): Condition[] {
  return account.feed === "organization-trail" && detection.scope === "account"
    ? [equals("recipientAccountId", account.id)]
    : [];
}

function notIgnored(ignore: Ignore): Condition {
  const { field, equals: text, matches: wildcard } = ignore;
  return not(
    any(
      ...(text === undefined ? [] : [equals(field, text)]),
      ...(wildcard === undefined ? [] : [matches(field, wildcard)]),
    ),
  );
}

/** A detection as far as it is about an account. */
export interface Narrowed {
  /** All that the detection asks for in the account; none for one in a checker's words. */
  readonly conditions: readonly Condition[];
  readonly root: RecordRoot;
}

/** The query and the filters of a detection. */
const textsOf = remembered((detection: Detection, { conditions, root }: Narrowed) => ({
  query: insightsQueryOf(detection, conditions, root),
  filterPatterns: conditions.flatMap((condition) => filterPatterns(condition, root)),
}));
