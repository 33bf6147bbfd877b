import type { DeployedAccount, DeployedFilter, Deployment } from "../deployment/deployment";
import { compileFilterPattern, type FilterPattern } from "../filter-pattern/filter-pattern";
import { compileMetricFilter, type MetricFilter } from "../metrics/metric-transformation";
import type { MetricDatum } from "../metrics/metric-series";
import { SeenEvents } from "../metrics/seen-events";
import { textAt, type CloudTrailRecord } from "../records/cloudtrail-record";
import { feedsOf, type Feed } from "./feeds";
import { FilterIndex } from "./filter-index";
import type { ReplayReport, UnreadableFile } from "./report";
import { trailEvent, type TrailEvent } from "./trail-event";
import { WatchedDetection } from "./watched-detection";

export interface JudgeOptions {
  /**
   * Id of the account that every record is judged as one of.
   *
   * @default - the account that the record was delivered to
   */
  readonly account?: string;
  /** @default - every detection */
  readonly detection?: string;
  /** Milliseconds since 1970; earlier records are passed over. */
  readonly from?: number;
  /** Milliseconds since 1970; records from then on are passed over. */
  readonly to?: number;
}

/** A metric filter, and the detection that it counts for. */
export interface JudgedFilter {
  readonly deployed: DeployedFilter;
  readonly pattern: FilterPattern;
  readonly metric: MetricFilter;
  readonly detection: WatchedDetection;
}

/** Judges records as what is deployed will: feed, metric filters, alarms, subscribers. */
export class Judge {
  readonly feeds: readonly Feed[];
  private readonly filters = new Map<Feed, readonly JudgedFilter[]>();
  private readonly indexes = new Map<Feed, FilterIndex<JudgedFilter>>();
  /** Those that publish a value for every event that they do not match. */
  private readonly defaulting = new Map<Feed, readonly JudgedFilter[]>();
  private readonly detections: WatchedDetection[] = [];
  private readonly knownAccounts: ReadonlySet<string>;
  private readonly seen = new SeenEvents();
  private readonly unknownAccounts = new Map<string, number>();
  private readonly unreadable: UnreadableFile[] = [];
  private readonly lastTimes = new Map<string, number>();
  private records = 0;
  private duplicates = 0;

  /** @throws FilterPatternError, EventPatternError or MetricTransformationError for what AWS would refuse */
  constructor(
    deployment: Deployment,
    private readonly options: JudgeOptions = {},
  ) {
    this.knownAccounts = new Set(deployment.accounts.map(({ id }) => id));
    this.feeds = feedsOf(deployment);
    for (const account of deployment.accounts) this.watch(account);
  }

  /** Takes a record; the event to explain, when it is judged. */
  add(record: CloudTrailRecord): TrailEvent | undefined {
    const { account: judgedAs, from = -Infinity, to = Infinity } = this.options;
    if (record.time < from || record.time >= to) return undefined;
    this.records += 1;
    if (!this.seen.isNew(record.json)) {
      this.duplicates += 1;
      return undefined;
    }
    const account = judgedAs ?? record.account;
    if (!this.knownAccounts.has(account)) {
      this.unknownAccounts.set(account, (this.unknownAccounts.get(account) ?? 0) + 1);
      return undefined;
    }
    const event = trailEvent(record, account);
    for (const feed of this.feeds) if (feed.judge(event).passes) this.deliver(feed, event);
    return event;
  }

  addUnreadable(file: UnreadableFile): void {
    this.unreadable.push(file);
  }

  filtersOf(feed: Feed): readonly JudgedFilter[] {
    return this.filters.get(feed) ?? [];
  }

  report(): ReplayReport {
    for (const { account, tallies } of this.detections) {
      for (const tally of tallies) tally.seen(this.lastTimes.get(account.id) ?? -Infinity);
    }
    return {
      records: this.records,
      duplicates: this.duplicates,
      unknownAccounts: Object.fromEntries([...this.unknownAccounts].sort()),
      unreadable: this.unreadable,
      detections: this.detections.flatMap((detection) => detection.report() ?? []),
    };
  }

  private watch(account: DeployedAccount): void {
    const detections = new Map<string, WatchedDetection>();
    const filters = account.filters
      .filter(
        ({ transformation }) => (this.options.detection ?? transformation.metricName) === transformation.metricName,
      )
      .map((deployed) => {
        const { metricName, metricNamespace } = deployed.transformation;
        const key = `${metricNamespace}/${metricName}`;
        const detection = detections.get(key) ?? new WatchedDetection(account, metricName, metricNamespace);
        detections.set(key, detection);
        const pattern = compileFilterPattern(deployed.pattern);
        return { deployed, pattern, metric: compileMetricFilter(pattern, deployed.transformation), detection };
      });
    this.detections.push(...detections.values());
    for (const feed of this.feeds.filter((candidate) => candidate.account === account)) {
      const ofGroup = filters.filter(({ deployed }) => deployed.logGroup === feed.logGroup);
      this.filters.set(feed, ofGroup);
      this.indexes.set(feed, new FilterIndex(ofGroup, feed.envelope));
      this.defaulting.set(
        feed,
        ofGroup.filter(({ deployed }) => deployed.transformation.defaultValue !== undefined),
      );
    }
  }

  private deliver(feed: Feed, event: TrailEvent): void {
    const { record } = event;
    const logEvent = feed.envelope ? event.asEnvelope : event.asRecord;
    this.lastTimes.set(feed.account.id, Math.max(this.lastTimes.get(feed.account.id) ?? -Infinity, record.time));
    const matched = new Set<JudgedFilter>();
    for (const filter of this.indexes.get(feed)?.candidates(textAt(record.json, "eventName")) ?? []) {
      if (!filter.pattern.matchesEvent(logEvent)) continue;
      matched.add(filter);
      publish(filter, filter.metric.datum(logEvent, record.time));
    }
    for (const filter of this.defaulting.get(feed) ?? []) {
      const value = filter.deployed.transformation.defaultValue;
      if (value !== undefined && !matched.has(filter)) publish(filter, { timestamp: record.time, value });
    }
    // Several filters of a detection are one metric: a record counts once.
    for (const detection of new Set([...matched].map((filter) => filter.detection))) detection.match(record);
  }
}

function publish({ detection }: JudgedFilter, datum: MetricDatum | undefined): void {
  if (datum !== undefined) for (const tally of detection.tallies) tally.add(datum);
}
