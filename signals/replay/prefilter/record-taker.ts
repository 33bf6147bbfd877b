import { dayOf } from "../../matches/match-log";
import type { ParsedRecord } from "../../records/cloudtrail-record";
import { EventKey } from "../../records/event-key";
import type { FileFaults } from "../../records/file-faults";
import type { RecordOutline } from "../../records/record-outline";
import { unwrapRecords } from "../../records/unwrap-records";
import type { EvaluatorOptions } from "../evaluation/evaluator-options";
import { FindingsBuilder, type Findings } from "../evaluation/findings";
import type { RecordEvaluator } from "../evaluation/record-evaluator";
import { trailEvent } from "../feeds/trail-event";
import { presencesOf, type Presence } from "./presence";
import { latinName, latinNames } from "./record-prefilter";

/** The outline of a plain record. */
export type PlainOutline = Pick<RecordOutline, "start" | "end" | "from" | "to">;

/** What is known of a record that is not parsed. */
export interface NotedRecord {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly account: string;
  /** The key of its event. */
  readonly key: { readonly high: number; readonly low: number };
}

/** Of a record that does not identify its event. */
const NO_KEY: NotedRecord["key"] = { high: 0, low: 0 };

/** A record without an effect that may still count as one that came through a feed. */
interface UnmatchedRecord {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly time: number;
  readonly account: string;
}

/**
 * Takes records, parsed or outlined, and returns the findings. Of the outlined ones, only the first in its minute and
 * the last of a file are parsed, to determine which feeds they pass.
 */
export class RecordTaker {
  /** Per feed: event names that can pass without a literal match; undefined: any. */
  private readonly namesOf: readonly (ReadonlySet<string> | undefined)[];
  private readonly presences: readonly Presence[];
  private readonly key = new EventKey();
  private readonly findings = new FindingsBuilder();
  private unmatched: UnmatchedRecord[] = [];
  /** The last day reported, and its account: the next record mostly has the same. */
  private lastDay: readonly [account: string, day: number] = ["", NaN];

  constructor(
    private readonly evaluator: RecordEvaluator,
    private readonly knownAccounts: ReadonlySet<string>,
    private readonly options: EvaluatorOptions,
  ) {
    const { feeds } = evaluator;
    this.namesOf = feeds.map(({ feed }) =>
      feed.literals === undefined ? undefined : new Set(latinNames(feed.literals)),
    );
    this.presences = presencesOf(feeds);
  }

  /** Evaluates a record. `known`: the key of its event, where it is known. */
  evaluate(record: ParsedRecord, known?: NotedRecord["key"]): void {
    if (!this.isInTime(record.time)) return;
    const account = this.options.account ?? record.account;
    const { high, low } = known ?? (this.key.ofRecord(record.json) ? this.key : NO_KEY);
    this.noteDay(account, record.time);
    const number = this.findings.record(high, low, account);
    if (!this.knownAccounts.has(account)) return;
    const outcome = this.evaluator.outcomeOf(trailEvent(record, account), (feed) => this.isNewsOf(feed, record.time));
    if (outcome === undefined) return;
    this.findings.outcomes.push([number, outcome]);
    for (const feed of outcome.feeds) this.presences[feed]?.add(outcome.time);
  }

  /** Whether the time, in milliseconds since 1970, is in the requested span. A record at another time only counts. */
  isInTime(time: number): boolean {
    const { from = -Infinity, to = Infinity } = this.options;
    if (time >= from && time < to) return true;
    this.findings.outOfTime += 1;
    return false;
  }

  /** Notes a record that matches nothing, at a time in the requested span. */
  note(bytes: Buffer, outline: PlainOutline, { time, account, key }: NotedRecord): void {
    this.noteDay(account, time);
    this.findings.record(key.high, key.low, account);
    if (!this.knownAccounts.has(account) || !this.mayBeNews(account, time)) return;
    const { start, end } = outline;
    const name = latinName(bytes, outline);
    if (this.isNews({ name, time, account })) this.unmatched.push({ start, end, name, time, account });
  }

  /**
   * Passes the noted records of these bytes through the feeds, the last one first: after it, earlier ones mostly make no
   * difference.
   */
  passNoted(bytes: Buffer, faults: FileFaults): void {
    const noted = this.unmatched;
    if (noted.length === 0) return;
    this.unmatched = [];
    for (const record of noted.sort((one, other) => other.time - one.time)) {
      if (!this.isNews(record)) continue;
      try {
        this.pass(bytes, record);
      } catch (error) {
        faults.note(error);
      }
    }
  }

  unreadable(file: number, reason: string): void {
    this.findings.unreadable.push([file, reason]);
  }

  /** The findings since the last call. */
  take(): Findings {
    this.lastDay = ["", NaN];
    return this.findings.take();
  }

  private pass(bytes: Buffer, record: UnmatchedRecord): void {
    const { start, end, time, account } = record;
    unwrapRecords(bytes.toString("utf8", start, end), "", (parsed) => {
      const event = trailEvent(parsed, account);
      for (const [number, { feed }] of this.evaluator.feedsOf(account)) {
        if (!this.isNewsTo(number, record) || !feed.evaluate(event).passes) continue;
        this.presences[number]?.add(time);
        this.findings.passed.push([number, time]);
      }
    });
  }

  private mayBeNews(account: string, time: number): boolean {
    return this.evaluator.feedsOf(account).some(([number]) => this.isNewsOf(number, time));
  }

  private isNews(record: Omit<UnmatchedRecord, "start" | "end">): boolean {
    return this.evaluator.feedsOf(record.account).some(([number]) => this.isNewsTo(number, record));
  }

  private isNewsTo(feed: number, { name, time }: Omit<UnmatchedRecord, "start" | "end">): boolean {
    return this.isNewsOf(feed, time) && this.namesOf[feed]?.has(name) !== false;
  }

  private isNewsOf(feed: number, time: number): boolean {
    return this.presences[feed]?.isNews(time) === true;
  }

  private noteDay(account: string, time: number): void {
    if (this.options.keepMatches !== true) return;
    const day = dayOf(time);
    if (this.lastDay[1] === day && this.lastDay[0] === account) return;
    this.lastDay = [account, day];
    this.findings.days.push([account, day]);
  }
}
