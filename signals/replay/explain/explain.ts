import { decidingClauses, type DecidingClauses } from "../prefilter/clauses";
import { OWN_ACCOUNT, type DeployedFeed } from "../feeds/feeds";
import type { Evaluator } from "../evaluation/evaluator";
import type { EvaluatedFilter } from "../evaluation/record-evaluator";
import type { TrailEvent } from "../feeds/trail-event";

/** The path of one event, hop by hop, through every feed that could have taken it. */
export interface Explanation {
  readonly event: TrailEvent;
  readonly feeds: readonly ExplainedFeed[];
}

export interface ExplainedFeed {
  readonly feed: DeployedFeed;
  readonly name: string;
  readonly passes: boolean;
  readonly reason: string;
  /** The metric filters of its log group; none when the feed stopped the event. */
  readonly filters: readonly ExplainedFilter[];
}

export interface ExplainedFilter extends DecidingClauses {
  readonly filter: EvaluatedFilter;
  readonly matches: boolean;
}

export function explainEvent(evaluator: Evaluator, event: TrailEvent): Explanation {
  const feeds = evaluator.feeds.map(({ feed, filters: ofGroup }) => {
    const { feed: name, passes, reason } = feed.evaluate(event);
    const logEvent = feed.envelope ? event.asEnvelope : event.asRecord;
    const filters = passes ? ofGroup : [];
    return {
      feed,
      name,
      passes,
      reason: reason(),
      filters: filters.map((filter) => ({
        filter,
        matches: filter.pattern.matchesEvent(logEvent),
        ...decidingClauses(filter.pattern, logEvent),
      })),
    };
  });
  return { event, feeds: feeds.filter(({ reason }) => reason !== OWN_ACCOUNT) };
}
