import { isInternal } from "../../lib/support/failure";
import {
  compileFilterPattern,
  compileMetricFilter,
  type DeployedFeed,
  type FilterPattern,
  type MetricDatum,
  type MetricFilter,
  type TrailEvent,
} from "../../signals";
import type { LiveAccount, LiveFilter } from "./deployed/deployed-account";

/** A value that a metric filter creates from a log event. */
export interface FilteredValue {
  readonly filter: LiveFilter;
  /** Whether the event matched; otherwise the value is the filter's default. */
  readonly matched: boolean;
  readonly datum: MetricDatum | undefined;
}

interface Compiled {
  readonly pattern: FilterPattern;
  readonly metric: MetricFilter;
}

/** The deployed metric filters, each compiled once. */
export class MetricFilters {
  private readonly compiled = new Map<string, Compiled | undefined>();

  /**
   * The values that the filters of a feed's log group create from an event. Filters that neither match nor have a
   * default are omitted.
   */
  public apply(account: LiveAccount, feed: DeployedFeed, event: TrailEvent): FilteredValue[] {
    const logEvent = feed.envelope ? event.asEnvelope : event.asRecord;
    return account.filters.flatMap((filter) => {
      if (filter.logGroup !== feed.logGroup || filter.region !== feed.region) return [];
      const compiled = this.compile(filter);
      if (compiled === undefined) return [];
      const matched = compiled.pattern.matchesEvent(logEvent);
      const datum = compiled.metric.datum(logEvent, event.record.time);
      return matched || datum !== undefined ? [{ filter, matched, datum }] : [];
    });
  }

  /** Undefined for a filter that AWS would have refused and moto accepted: it publishes nothing. */
  private compile({ pattern, transformation }: LiveFilter): Compiled | undefined {
    const key = JSON.stringify([pattern, transformation]);
    if (!this.compiled.has(key)) this.compiled.set(key, compileOrNothing(pattern, transformation));
    return this.compiled.get(key);
  }
}

function compileOrNothing(text: string, transformation: LiveFilter["transformation"]): Compiled | undefined {
  try {
    const pattern = compileFilterPattern(text);
    return { pattern, metric: compileMetricFilter(pattern, transformation) };
  } catch (error) {
    if (isInternal(error)) throw error;
    return undefined;
  }
}
