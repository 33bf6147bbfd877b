import type { DeployedAccount, DeployedFilter, Deployment } from "../../deployment/deployment";
import { compileFilterPattern, type FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import { NUMBER } from "../../../lib/patterns/filter-pattern/operand";
import type { ParsedEvent } from "../../../lib/patterns/filter-pattern/parsed-event";
import { compileMetricFilter, type MetricFilter } from "../../metrics/metric-transformation";
import type { MetricDatum } from "../../metrics/metric-series";
import { callOf, principalOf } from "../../records/cloudtrail-record";
import { traitsOf, type MatchTraits } from "../../matches/match-traits";
import { feedsOf, type DeployedFeed } from "../feeds/feeds";
import { FilterIndex } from "../prefilter/filter-index";
import type { TrailEvent } from "../feeds/trail-event";
import { WatchedDetection } from "./watched-detection";

/** A metric filter, and the detection that it counts for. */
export interface EvaluatedFilter {
  readonly deployed: DeployedFilter;
  readonly pattern: FilterPattern;
  readonly metric: MetricFilter;
  readonly detection: WatchedDetection;
}

/** A way into a log group, with the metric filters there. Its other feeds have the same objects. */
export interface FeedFilters extends LogGroupFilters {
  readonly feed: DeployedFeed;
}

/** The metric filters of a log group, for events of one form. */
interface LogGroupFilters {
  readonly filters: readonly EvaluatedFilter[];
  readonly index: FilterIndex<EvaluatedFilter>;
  /** Filters that publish a default value for every event that they do not match, except `zeroing` ones. */
  readonly defaulting: readonly EvaluatedFilter[];
  /** Filters that add zeros to a sum: only the minutes with events matter. */
  readonly zeroing: readonly EvaluatedFilter[];
}

/**
 * The effect of a record: plain data, which one thread can pass to another. Feeds and detections are given by number.
 */
export interface RecordOutcome {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly principal: string;
  /** Name of the event, or its type where it has none. */
  readonly call: string;
  /** The feeds that it passed. */
  readonly feeds: readonly number[];
  /** The detections that it matched, once per feed. */
  readonly matches: readonly number[];
  readonly data: readonly (readonly [detection: number, datum: MetricDatum])[];
  /** For a record that matched, where matches are kept. */
  readonly traits?: MatchTraits;
}

/** Returns the effect of a record on feeds and metric filters, without keeping state. */
export class RecordEvaluator {
  readonly feeds: readonly FeedFilters[];
  readonly detections: readonly WatchedDetection[];
  private readonly numbers: ReadonlyMap<WatchedDetection, number>;
  private readonly feedsOfAccount = new Map<string, readonly (readonly [number, FeedFilters])[]>();

  /**
   * `detection`: only this one. `keepsMatches`: outcomes have the traits of their records.
   *
   * @throws FilterPatternError, EventPatternError or MetricTransformationError for what AWS would refuse
   */
  constructor(
    deployment: Deployment,
    detection?: string,
    private readonly keepsMatches = false,
  ) {
    const feeds = feedsOf(deployment);
    const evaluated = deployment.accounts.map((account) => {
      const filters = filtersOf(account, detection);
      const own = feeds.filter((feed) => feed.account === account);
      return { filters, feeds: evaluatedFeeds(own, filters) };
    });
    this.feeds = evaluated.flatMap((account) => account.feeds);
    this.detections = [...new Set(evaluated.flatMap(({ filters }) => filters.map((filter) => filter.detection)))];
    this.numbers = new Map(this.detections.map((watched, number) => [watched, number]));
  }

  /**
   * Undefined when the event makes no difference. `isNews`: whether an event without a match makes a difference to a
   * feed once it passes that feed. Without a match, only those feeds are evaluated, and those with a default value.
   */
  outcomeOf(event: TrailEvent, isNews: (feed: number) => boolean): RecordOutcome | undefined {
    const feeds: number[] = [];
    const matches: number[] = [];
    const data: [number, MetricDatum][] = [];
    const { time } = event.record;
    let index: FeedFilters["index"] | undefined;
    let matched: readonly EvaluatedFilter[] = [];
    for (const [number, evaluated] of this.feedsOf(event.account)) {
      // An account has up to a dozen rules for its log group, one after another.
      if (evaluated.index !== index) {
        ({ index } = evaluated);
        matched = matchedBy(evaluated, event);
      }
      const counts = matched.length > 0 || evaluated.defaulting.length > 0 || isNews(number);
      if (!counts || !evaluated.feed.evaluate(event).passes) continue;
      feeds.push(number);
      const logEvent = logEventOf(evaluated, event);
      const add = ({ detection }: EvaluatedFilter, datum: MetricDatum | undefined): void => {
        if (datum !== undefined) data.push([this.numberOf(detection), datum]);
      };
      for (const filter of matched) add(filter, filter.metric.datumOfMatch(logEvent, time));
      for (const filter of evaluated.defaulting) {
        if (!matched.includes(filter)) add(filter, filter.metric.datum(logEvent, time));
      }
      for (const detection of detectionsOf(matched)) matches.push(this.numberOf(detection));
    }
    if (feeds.length === 0) return undefined;
    const traits = this.keepsMatches && matches.length > 0 ? { traits: traitsOf(event.record) } : {};
    const [principal, call] = [principalOf(event.record), callOf(event.record)];
    return { time, principal, call, feeds, matches, data, ...traits };
  }

  /** The feeds that may take an account's events, with their numbers: only a few, however many accounts there are. */
  feedsOf(account: string): readonly (readonly [number, FeedFilters])[] {
    let feeds = this.feedsOfAccount.get(account);
    if (feeds === undefined) {
      feeds = [...this.feeds.entries()].filter(([, { feed }]) => feed.mayTake(account));
      this.feedsOfAccount.set(account, feeds);
    }
    return feeds;
  }

  /** The number that identifies a detection in outcomes. */
  numberOf(detection: WatchedDetection): number {
    return this.numbers.get(detection) ?? -1;
  }
}

/** The detections of filters. Several filters of one publish to one metric: a record that matches two counts once. */
export function detectionsOf(filters: readonly EvaluatedFilter[]): ReadonlySet<WatchedDetection> {
  return new Set(filters.map(({ detection }) => detection));
}

function matchedBy(evaluated: FeedFilters, event: TrailEvent): EvaluatedFilter[] {
  return evaluated.index.matching(event.record.json, logEventOf(evaluated, event));
}

function logEventOf({ feed }: FeedFilters, event: TrailEvent): ParsedEvent {
  return feed.envelope ? event.asEnvelope : event.asRecord;
}

function filtersOf(account: DeployedAccount, wanted: string | undefined): EvaluatedFilter[] {
  const detections = new Map<string, WatchedDetection>();
  return account.filters
    .filter(({ transformation }) => (wanted ?? transformation.metricName) === transformation.metricName)
    .map((deployed) => {
      const { metricName, metricNamespace } = deployed.transformation;
      const key = `${metricNamespace}/${metricName}`;
      const detection = detections.get(key) ?? new WatchedDetection(account, metricName, metricNamespace);
      detections.set(key, detection);
      const pattern = compileFilterPattern(deployed.pattern);
      return { deployed, pattern, metric: compileMetricFilter(pattern, deployed.transformation), detection };
    });
}

function evaluatedFeeds(feeds: readonly DeployedFeed[], ofAccount: readonly EvaluatedFilter[]): FeedFilters[] {
  const known = new Map<string, LogGroupFilters>();
  return feeds.map((feed) => {
    const key = JSON.stringify([feed.region, feed.logGroup, feed.envelope]);
    const filters = known.get(key) ?? logGroupFilters(feed, ofAccount);
    known.set(key, filters);
    return { feed, ...filters };
  });
}

function logGroupFilters({ logGroup, envelope }: DeployedFeed, ofAccount: readonly EvaluatedFilter[]): LogGroupFilters {
  const filters = ofAccount.filter(({ deployed }) => deployed.logGroup === logGroup);
  const withDefault = filters.filter(({ deployed }) => deployed.transformation.defaultValue !== undefined);
  return {
    filters,
    index: new FilterIndex(filters, envelope),
    defaulting: withDefault.filter((filter) => !addsZeros(filter)),
    zeroing: withDefault.filter(addsZeros),
  };
}

/**
 * A zero does not change a sum, only whether there is a value. A match must publish a value, because otherwise its
 * minute might have none.
 */
function addsZeros({ deployed, detection }: EvaluatedFilter): boolean {
  const { defaultValue, metricValue } = deployed.transformation;
  const sums = detection.tallies.every(({ alarm }) => alarm.statistic === "Sum" && alarm.periodSeconds >= 60);
  return defaultValue === 0 && NUMBER.test(metricValue) && sums;
}
