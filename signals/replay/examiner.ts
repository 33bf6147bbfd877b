import { parseRecord } from "../records/cloudtrail-record";
import { EventKey } from "../records/event-key";
import { timeAt } from "../records/event-time";
import { FIELD } from "../records/record-outline";
import { RecordSplitter } from "../records/record-splitter";
import type { Deployment } from "../deployment/deployment";
import { FindingsBuilder, type Findings } from "./findings";
import type { JudgeOptions } from "./judge";
import { Presence } from "./presence";
import { RecordJudge } from "./record-judge";
import { RecordSieve } from "./record-sieve";
import { trailEvent } from "./trail-event";

/** A record that sets nothing off, and yet may count as one that came through a feed. */
interface Quiet {
  readonly start: number;
  readonly end: number;
  readonly time: number;
  readonly account: string;
}

/**
 * Looks through files for what a judge has to know. Of most records that is found without parsing them: where no
 * pattern can match, only the first in its minute and the last of a file are parsed, to see which feeds they pass.
 */
export class Examiner {
  private readonly judge: RecordJudge;
  private readonly sieve: RecordSieve;
  private readonly presences: readonly Presence[];
  private readonly knownAccounts: ReadonlySet<string>;
  private readonly key = new EventKey();
  private findings = new FindingsBuilder();
  private accountBytes = Buffer.alloc(0);
  private account = "";

  constructor(
    deployment: Deployment,
    private readonly options: JudgeOptions,
  ) {
    this.judge = new RecordJudge(deployment, options.detection);
    const { feeds } = this.judge;
    // A filter that publishes for every event that it does not match has to see them all.
    const seesAll = feeds.some(({ defaulting }) => defaulting.length > 0);
    this.sieve = new RecordSieve(
      feeds.flatMap(({ feed, filters }) => filters.map(({ pattern }) => ({ pattern, envelope: feed.envelope }))),
      seesAll,
    );
    this.presences = feeds.map((feed) => new Presence(feed));
    this.knownAccounts = new Set(deployment.accounts.map(({ id }) => id));
  }

  /** Cuts what is to be examined. */
  splitter(): RecordSplitter {
    return new RecordSplitter(this.sieve.notable);
  }

  /**
   * Examines the records that a splitter has.
   *
   * @throws RecordError for what is no record; those ahead of it count
   */
  examine(splitter: RecordSplitter): void {
    const quiet: Quiet[] = [];
    const { bytes, outline } = splitter;
    try {
      while (splitter.next()) {
        if (this.sieve.mayMatch(bytes, outline)) this.judgeWhole(splitter.text());
        else this.note(splitter, quiet);
      }
    } finally {
      this.passQuiet(splitter.bytes, quiet);
    }
  }

  unreadable(file: number, reason: string): void {
    this.findings.unreadable.push([file, reason]);
  }

  /** What was found since the last time. */
  take(): Findings {
    const findings = this.findings.finish();
    this.findings = new FindingsBuilder();
    return findings;
  }

  private judgeWhole(text: string): void {
    const record = parseRecord(text);
    if (!this.isInTime(record.time)) return;
    const account = this.options.account ?? record.account;
    const hasKey = this.key.ofRecord(record.json);
    const number = this.findings.record(hasKey ? this.key.high : 0, hasKey ? this.key.low : 0, account);
    if (!this.knownAccounts.has(account)) return;
    const outcome = this.judge.outcomeOf(trailEvent(record, account));
    if (outcome === undefined) return;
    this.findings.outcomes.push([number, outcome]);
    for (const feed of outcome.feeds) this.presences[feed]?.add(outcome.time);
  }

  private note({ bytes, outline }: RecordSplitter, quiet: Quiet[]): void {
    const time = timeAt(bytes, outline.from(FIELD.time), outline.to(FIELD.time));
    // Says by itself what is wrong with it.
    if (Number.isNaN(time)) parseRecord(bytes.toString("utf8", outline.start, outline.end));
    if (!this.isInTime(time)) return;
    const account =
      this.options.account ?? this.accountAt(bytes, outline.from(FIELD.account), outline.to(FIELD.account));
    this.key.ofOutline(bytes, outline);
    this.findings.record(this.key.high, this.key.low, account);
    if (!this.knownAccounts.has(account)) return;
    if (this.isNews(account, time)) quiet.push({ start: outline.start, end: outline.end, time, account });
  }

  /** The last first: those before it count for less. */
  private passQuiet(bytes: Buffer, quiet: Quiet[]): void {
    for (const { start, end, time, account } of quiet.sort((one, other) => other.time - one.time)) {
      if (!this.isNews(account, time)) continue;
      const event = trailEvent(parseRecord(bytes.toString("utf8", start, end)), account);
      for (const [number, { feed }] of this.judge.feeds.entries()) {
        const presence = this.presences[number];
        if (presence?.isNews(time) !== true || !feed.judge(event).passes) continue;
        presence.add(time);
        this.findings.passed.push([number, time]);
      }
    }
  }

  private isNews(account: string, time: number): boolean {
    return this.judge.feeds.some(
      ({ feed }, number) => feed.mayTake(account) && this.presences[number]?.isNews(time) === true,
    );
  }

  private isInTime(time: number): boolean {
    const { from = -Infinity, to = Infinity } = this.options;
    return time >= from && time < to;
  }

  /** Mostly that of the record before. */
  private accountAt(bytes: Buffer, from: number, to: number): string {
    if (bytes.compare(this.accountBytes, 0, this.accountBytes.length, from, to) !== 0) {
      this.accountBytes = Buffer.from(bytes.subarray(from, to));
      this.account = bytes.toString("utf8", from, to);
    }
    return this.account;
  }
}
