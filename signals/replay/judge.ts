import type { DeployedAccount, DeployedFilter, Deployment } from "../deployment/deployment";
import { compileFilterPattern, type FilterPattern } from "../filter-pattern/filter-pattern";
import { compileMetricFilter, type MetricFilter } from "../metrics/metric-transformation";
import { SeenEvents } from "../metrics/seen-events";
import type { CloudTrailRecord } from "../records/cloudtrail-record";
import { feedsOf, type Feed } from "./feeds";
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
      this.filters.set(
        feed,
        filters.filter(({ deployed }) => deployed.logGroup === feed.logGroup),
      );
    }
  }

  private deliver(feed: Feed, event: TrailEvent): void {
    const { record } = event;
    const logEvent = feed.envelope ? event.asEnvelope : event.asRecord;
    this.lastTimes.set(feed.account.id, Math.max(this.lastTimes.get(feed.account.id) ?? -Infinity, record.time));
    const matched = new Set<WatchedDetection>();
    for (const { pattern, metric, detection, deployed } of this.filtersOf(feed)) {
      const matches = pattern.matchesEvent(logEvent);
      if (matches) matched.add(detection);
      else if (deployed.transformation.defaultValue === undefined) continue;
      const datum = metric.datum(logEvent, record.time);
      if (datum !== undefined) for (const tally of detection.tallies) tally.add(datum);
    }
    for (const detection of matched) detection.match(record);
  }
}
