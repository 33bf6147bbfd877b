import type { Deployment } from "../../deployment/deployment";
import { NUMBER } from "../../../lib/patterns/filter-pattern/operand";
import { dayOf, MatchLog } from "../../matches/match-log";
import { detectionReports, talliedPresences } from "../run/detection-reports";
import type { Presence } from "../prefilter/presence";
import { detectionsOf, RecordEvaluator, type FeedFilters, type EvaluatedFilter } from "./record-evaluator";
import type { DetectionReport } from "../run/report";
import type { WatchedDetection } from "./watched-detection";

/** Events that matched the same filters, within one minute. Times are milliseconds since 1970. */
export interface Count {
  /** The start of the minute. */
  readonly minute: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Evaluates events that are given as counts per minute, as `Evaluator` evaluates records: metrics, alarms, subscribers.
 */
export class CountEvaluator {
  private readonly evaluator: RecordEvaluator;
  private readonly presences: readonly Presence[];
  /** The matches per minute, without principals. */
  readonly matches = new MatchLog();

  /**
   * `detection`: only this one.
   *
   * @throws FilterPatternError, EventPatternError or MetricTransformationError for what AWS would refuse
   */
  constructor(
    private readonly deployment: Deployment,
    detection?: string,
  ) {
    this.evaluator = new RecordEvaluator(deployment, detection);
    this.presences = talliedPresences(this.evaluator);
  }

  /** The filters and feeds that events must be counted for, by their numbers. */
  get feeds(): readonly FeedFilters[] {
    return this.evaluator.feeds;
  }

  /** By their numbers. */
  get detections(): readonly WatchedDetection[] {
    return this.evaluator.detections;
  }

  /** Takes events that a feed passed and that all of these filters match, and no other filter of the feed. */
  add(filters: readonly EvaluatedFilter[], { minute, events, first, last }: Count): void {
    for (const { deployed, detection } of filters) {
      const value = Number(deployed.transformation.metricValue);
      for (const tally of detection.tallies) tally.addEvents({ timestamp: minute, value }, events);
      this.matches.count(this.evaluator.numberOf(detection), { minute, value: value * events });
    }
    for (const detection of detectionsOf(filters)) detection.count({ events, first, last });
  }

  /** Takes the time of events that a feed passed, whatever they matched. */
  pass(feed: number, time: number): void {
    this.presences[feed]?.add(time);
  }

  /** Takes the time of an account's records, whatever they are. `account`: its id. */
  addDay(account: string, time: number): void {
    this.matches.addDay(account, dayOf(time));
  }

  report(): DetectionReport[] {
    return detectionReports(this.deployment, this.evaluator, this.presences);
  }
}

/** Why counts per minute do not determine what a filter publishes, or the state of its alarms; undefined: they do. */
export function whyUncountable({ deployed, detection }: EvaluatedFilter, feed: FeedFilters): string | undefined {
  const { metricValue, dimensions = {} } = deployed.transformation;
  if (!NUMBER.test(metricValue)) return `its metric's value is '${metricValue}'`;
  if (Object.keys(dimensions).length > 0) return "its metric has dimensions";
  if (feed.defaulting.some((filter) => filter.deployed === deployed)) return "each other event counts too";
  if (detection.tallies.some(({ alarm }) => alarm.periodSeconds < 60)) return "an alarm's period is under a minute";
  return undefined;
}
