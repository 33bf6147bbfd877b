import type { ParsedRecord } from "../../records/cloudtrail-record";
import { EventKey } from "../../records/event-key";
import { timeAt } from "../../records/event-time";
import { readParts, type FileFaults } from "../../records/file-faults";
import { FIELD } from "../../records/record-outline";
import { RecordSplitter } from "../../records/record-splitter";
import { unwrapRecords } from "../../records/unwrap-records";
import { dayOf } from "../../matches/match-log";
import { FindingsBuilder, type Findings } from "../evaluation/findings";
import type { EvaluatorOptions } from "../evaluation/evaluator-options";
import { literalsOf } from "./pattern-literals";
import { Presence } from "./presence";
import type { RecordEvaluator } from "../evaluation/record-evaluator";
import { latinName, latinNames, RecordPrefilter } from "./record-prefilter";
import { trailEvent } from "../feeds/trail-event";

/** A record without an effect that may still count as one that came through a feed. */
interface UnmatchedRecord {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly time: number;
  readonly account: string;
}

/**
 * Scans files for what an evaluator needs. Most records need no parsing: where no pattern can match, only the first
 * record in its minute and the last of a file are parsed, to determine which feeds they pass.
 */
export class Scanner {
  private readonly prefilter: RecordPrefilter;
  /** Per feed: event names that can pass without a literal match; undefined: any. */
  private readonly namesOf: readonly (ReadonlySet<string> | undefined)[];
  private readonly presences: readonly Presence[];
  private readonly key = new EventKey();
  private findings = new FindingsBuilder();
  private accountBytes = Buffer.alloc(0);
  private account = "";
  /** The last day reported, and its account: the next record mostly has the same. */
  private lastDay: readonly [account: string, day: number] = ["", NaN];

  constructor(
    private readonly evaluator: RecordEvaluator,
    private readonly knownAccounts: ReadonlySet<string>,
    private readonly options: EvaluatorOptions,
  ) {
    const { feeds } = this.evaluator;
    const literals = feeds.flatMap(({ feed, filters }) =>
      filters.map(({ pattern }) => literalsOf(pattern, feed.envelope)),
    );
    // A filter that publishes a default value has to see every event that it does not match.
    const seesAll = feeds.some(({ defaulting }) => defaulting.length > 0);
    this.prefilter = new RecordPrefilter(
      seesAll ? [undefined] : literals,
      feeds.flatMap(({ feed }) => feed.literals ?? []),
    );
    this.namesOf = feeds.map(({ feed }) =>
      feed.literals === undefined ? undefined : new Set(latinNames(feed.literals)),
    );
    this.presences = feeds.map((feed) => new Presence(feed));
  }

  /** Creates the splitter for the scanned bytes. */
  splitter(): RecordSplitter {
    return new RecordSplitter(this.prefilter.notable);
  }

  /**
   * Scans the records of a splitter; parts that are not records are noted among the faults.
   *
   * @throws RecordError for what makes the rest of the file unreadable; records before it count
   */
  scan(splitter: RecordSplitter, faults: FileFaults): void {
    const unmatched: UnmatchedRecord[] = [];
    const { bytes, outline } = splitter;
    const take = (record: ParsedRecord): void => {
      faults.records += 1;
      this.evaluateWhole(record);
    };
    try {
      readParts(splitter, faults, () => {
        if (this.prefilter.mayMeet(bytes, outline)) {
          unwrapRecords(splitter.text(), splitter.path, take);
        } else {
          this.note(splitter, unmatched);
          faults.records += 1;
        }
      });
    } finally {
      this.passUnmatched(splitter.bytes, unmatched, faults);
    }
  }

  unreadable(file: number, reason: string): void {
    this.findings.unreadable.push([file, reason]);
  }

  /** The findings since the last call. */
  take(): Findings {
    this.lastDay = ["", NaN];
    const findings = this.findings.finish();
    this.findings = new FindingsBuilder();
    return findings;
  }

  private evaluateWhole(record: ParsedRecord): void {
    if (!this.isInTime(record.time)) return;
    const account = this.options.account ?? record.account;
    const hasKey = this.key.ofRecord(record.json);
    this.noteDay(account, record.time);
    const number = this.findings.record(hasKey ? this.key.high : 0, hasKey ? this.key.low : 0, account);
    if (!this.knownAccounts.has(account)) return;
    const outcome = this.evaluator.outcomeOf(trailEvent(record, account), (feed) => this.isNewsOf(feed, record.time));
    if (outcome === undefined) return;
    this.findings.outcomes.push([number, outcome]);
    for (const feed of outcome.feeds) this.presences[feed]?.add(outcome.time);
  }

  private note({ bytes, outline }: RecordSplitter, unmatched: UnmatchedRecord[]): void {
    const time = timeAt(bytes, outline.from(FIELD.time), outline.to(FIELD.time));
    // Throws an error that describes the fault.
    if (Number.isNaN(time)) unwrapRecords(bytes.toString("utf8", outline.start, outline.end), "", () => undefined);
    if (!this.isInTime(time)) return;
    const account =
      this.options.account ?? this.accountAt(bytes, outline.from(FIELD.account), outline.to(FIELD.account));
    this.noteDay(account, time);
    this.key.ofOutline(bytes, outline);
    this.findings.record(this.key.high, this.key.low, account);
    if (!this.knownAccounts.has(account)) return;
    const { start, end } = outline;
    const name = latinName(bytes, outline);
    if (this.isNews({ name, time, account })) unmatched.push({ start, end, name, time, account });
  }

  /** The last record first: after it, earlier records mostly make no difference. */
  private passUnmatched(bytes: Buffer, unmatched: UnmatchedRecord[], faults: FileFaults): void {
    for (const record of unmatched.sort((one, other) => other.time - one.time)) {
      if (!this.isNews(record)) continue;
      try {
        this.pass(bytes, record);
      } catch (error) {
        faults.note(error);
      }
    }
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

  private isInTime(time: number): boolean {
    const { from = -Infinity, to = Infinity } = this.options;
    if (time >= from && time < to) return true;
    this.findings.outOfTime += 1;
    return false;
  }

  /** The account is mostly that of the previous record. */
  private accountAt(bytes: Buffer, from: number, to: number): string {
    if (bytes.compare(this.accountBytes, 0, this.accountBytes.length, from, to) !== 0) {
      this.accountBytes = Buffer.from(bytes.subarray(from, to));
      this.account = bytes.toString("utf8", from, to);
    }
    return this.account;
  }
}
