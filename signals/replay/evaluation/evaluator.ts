import type { EvaluatorOptions } from "./evaluator-options";
import type { Deployment } from "../../deployment/deployment";
import { SeenEvents } from "../../metrics/seen-events";
import type { ParsedRecord } from "../../records/cloudtrail-record";
import type { SkippedFile } from "../../records/skipped-names";
import { dayOf, MatchLog } from "../../matches/match-log";
import { detectionReports, talliedPresences } from "../run/detection-reports";
import { Scanner } from "../prefilter/scanner";
import type { Findings } from "./findings";
import type { Presence } from "../prefilter/presence";
import { RecordEvaluator, type FeedFilters, type RecordOutcome } from "./record-evaluator";
import type { ReplayReport, UnreadableFile } from "../run/report";
import { trailEvent, type TrailEvent } from "../feeds/trail-event";
import type { WatchedDetection } from "./watched-detection";

/** Evaluates records as the deployed resources will: feed, metric filters, alarms, subscribers. */
export class Evaluator {
  private readonly evaluator: RecordEvaluator;
  private readonly presences: readonly Presence[];
  private readonly knownAccounts: ReadonlySet<string>;
  private readonly seen = new SeenEvents();
  private readonly unknownAccounts = new Map<string, number>();
  private readonly unreadable: UnreadableFile[] = [];
  private readonly skipped: SkippedFile[] = [];
  /** The matches; empty unless matches are kept. */
  readonly matches: MatchLog;
  private records = 0;
  private outOfTime = 0;
  private duplicates = 0;

  /**
   * `wantedIds`: events to keep individually, where matches are kept.
   *
   * @throws FilterPatternError, EventPatternError or MetricTransformationError for what AWS would refuse
   */
  constructor(
    private readonly deployment: Deployment,
    private readonly options: EvaluatorOptions = {},
    wantedIds?: ReadonlySet<string>,
  ) {
    this.matches = new MatchLog(wantedIds);
    this.knownAccounts = new Set(deployment.accounts.map(({ id }) => id));
    this.evaluator = new RecordEvaluator(deployment, options.detection, options.keepMatches);
    this.presences = talliedPresences(this.evaluator);
  }

  /** What is needed to create an equal evaluator, in another thread too. */
  get setup(): { readonly deployment: Deployment; readonly options: EvaluatorOptions } {
    return { deployment: this.deployment, options: this.options };
  }

  get feeds(): readonly FeedFilters[] {
    return this.evaluator.feeds;
  }

  /** By their numbers. */
  get detections(): readonly WatchedDetection[] {
    return this.evaluator.detections;
  }

  /** Takes a record. Returns the event to explain, if the record is evaluated. */
  add(record: ParsedRecord): TrailEvent | undefined {
    const { account: evaluatedAs, from = -Infinity, to = Infinity } = this.options;
    if (record.time < from || record.time >= to) {
      this.outOfTime += 1;
      return undefined;
    }
    const account = evaluatedAs ?? record.account;
    if (this.options.keepMatches === true) this.matches.addDay(account, dayOf(record.time));
    if (!this.counts(this.seen.isNew(record.json), account)) return undefined;
    const event = trailEvent(record, account);
    const outcome = this.evaluator.outcomeOf(event, (feed) => this.presences[feed]?.isNews(record.time) === true);
    if (outcome !== undefined) this.apply(outcome);
    return event;
  }

  /** Scans files for the findings that `take` needs. There may be several scanners, each in its own thread. */
  scanner(): Scanner {
    return new Scanner(this.evaluator, this.knownAccounts, this.options);
  }

  /** Takes the findings in files with these names. */
  take(
    { keys, accountOf, accounts, outcomes, passed, outOfTime, unreadable, days }: Findings,
    files: readonly string[],
  ): void {
    let next = 0;
    for (const [record, number] of accountOf.entries()) {
      const high = keys[2 * record] ?? 0;
      const low = keys[2 * record + 1] ?? 0;
      const isNew = (high === 0 && low === 0) || this.seen.isNewKey(high, low);
      const counts = this.counts(isNew, accounts[number] ?? "");
      const found = outcomes[next];
      if (found?.[0] !== record) continue;
      next += 1;
      if (counts) this.apply(found[1]);
    }
    for (const [account, day] of days) this.matches.addDay(account, day);
    for (const [feed, time] of passed) this.presences[feed]?.add(time);
    this.outOfTime += outOfTime;
    for (const [file, reason] of unreadable) this.addUnreadable({ file: files[file] ?? "", reason });
  }

  addUnreadable(file: UnreadableFile): void {
    this.unreadable.push(file);
  }

  addSkipped(file: SkippedFile): void {
    this.skipped.push(file);
  }

  /** The totals of what was read, whatever the effect. */
  get totals(): Omit<ReplayReport, "detections"> {
    return {
      records: this.records,
      duplicates: this.duplicates,
      outOfTime: this.outOfTime,
      unknownAccounts: Object.fromEntries([...this.unknownAccounts].sort()),
      unreadable: this.unreadable,
      skipped: this.skipped,
    };
  }

  report(): ReplayReport {
    return { ...this.totals, detections: detectionReports(this.deployment, this.evaluator, this.presences) };
  }

  /** Counts a record. Returns whether to evaluate it. */
  private counts(isNew: boolean, account: string): boolean {
    this.records += 1;
    if (!isNew) this.duplicates += 1;
    else if (this.knownAccounts.has(account)) return true;
    else this.unknownAccounts.set(account, (this.unknownAccounts.get(account) ?? 0) + 1);
    return false;
  }

  private apply(outcome: RecordOutcome): void {
    for (const feed of outcome.feeds) this.presences[feed]?.add(outcome.time);
    for (const [number, datum] of outcome.data) {
      for (const tally of this.evaluator.detections[number]?.tallies ?? []) tally.add(datum);
      if (outcome.traits !== undefined) this.matches.add(number, datum, outcome.traits);
    }
    for (const number of outcome.matches) this.evaluator.detections[number]?.match(outcome);
  }
}
