import { parseJson } from "../../../lib/patterns/json/parse-json";
import type { FileOutline } from "../../outlines/file-outline";
import { FileOutliner } from "../../outlines/file-outliner";
import type { RecordSearch } from "../../outlines/search-tables";
import type { ParsedRecord } from "../../records/cloudtrail-record";
import { EventKey } from "../../records/event-key";
import { timeAt } from "../../records/event-time";
import { readParts, type FileFaults } from "../../records/file-faults";
import { FIELD } from "../../records/record-outline";
import { RecordSplitter } from "../../records/record-splitter";
import { unwrapRecords } from "../../records/unwrap-records";
import type { EvaluatorOptions } from "../evaluation/evaluator-options";
import type { Findings } from "../evaluation/findings";
import type { RecordEvaluator } from "../evaluation/record-evaluator";
import { FileRecords } from "./file-records";
import { literalsOf } from "./pattern-literals";
import { RecordPrefilter } from "./record-prefilter";
import { RecordTaker, type NotedRecord, type PlainOutline } from "./record-taker";

/** Scans files for what an evaluator needs. Records that no pattern can match need no parsing. */
export class Scanner {
  private readonly prefilter: RecordPrefilter;
  private readonly taker: RecordTaker;
  private readonly outliner: FileOutliner | undefined;
  /** What files are searched for, also in another thread; undefined: all records must be parsed. */
  readonly search: RecordSearch | undefined;
  private readonly file: FileRecords;
  private readonly key = new EventKey();
  private accountBytes = Buffer.alloc(0);
  private account = "";

  constructor(
    evaluator: RecordEvaluator,
    knownAccounts: ReadonlySet<string>,
    private readonly options: EvaluatorOptions,
  ) {
    const { account } = options;
    const feeds = account === undefined ? evaluator.feeds : evaluator.feedsOf(account).map(([, feed]) => feed);
    const literals = feeds.flatMap(({ feed, filters }) =>
      filters.map(({ pattern }) => literalsOf(pattern, feed.envelope)),
    );
    // A filter that publishes a default value has to see every event that it does not match.
    const seesAll = feeds.some(({ defaulting }) => defaulting.length > 0);
    this.prefilter = new RecordPrefilter(
      seesAll ? [undefined] : literals,
      feeds.flatMap(({ feed }) => feed.literals ?? []),
    );
    this.file = new FileRecords(this.prefilter);
    this.taker = new RecordTaker(evaluator, knownAccounts, options);
    const { search } = this.prefilter;
    this.search = search;
    this.outliner = search === undefined ? undefined : FileOutliner.of(search);
  }

  /** The outline of a whole file of this size, in bytes; undefined if it is not one that CloudTrail wrote. */
  outline(path: string, size: number): FileOutline | undefined {
    return this.outliner?.outline(path, size);
  }

  /** Scans a whole file. False without an outline, or if a part is no record by itself: nothing was taken then. */
  scanWhole(outline: FileOutline | undefined, faults: FileFaults): boolean {
    if (outline === undefined || !this.file.read(outline)) return false;
    const { bytes } = outline;
    for (let number = 0; number < outline.count; number += 1) {
      const record = this.file.parsed[number];
      outline.moveTo(number);
      if (record !== undefined) this.taker.evaluate(record, outline.isPlain ? outline : undefined);
      else this.note(bytes, outline, { key: outline, time: this.file.times[number] ?? NaN });
    }
    faults.records += outline.count;
    this.taker.passNoted(bytes, faults);
    return true;
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
    const { outline } = splitter;
    const take = (record: ParsedRecord): void => {
      faults.records += 1;
      this.taker.evaluate(record);
    };
    try {
      readParts(splitter, faults, () => {
        if (this.prefilter.mayMeet(splitter.bytes, outline)) {
          unwrapRecords(splitter.text(), splitter.path, take);
        } else {
          this.noteOutlined(splitter);
          faults.records += 1;
        }
      });
    } finally {
      this.taker.passNoted(splitter.bytes, faults);
    }
  }

  unreadable(file: number, reason: string): void {
    this.taker.unreadable(file, reason);
  }

  /** The findings since the last call. */
  take(): Findings {
    return this.taker.take();
  }

  private noteOutlined(splitter: RecordSplitter): void {
    const { bytes, outline } = splitter;
    const time = timeAt(bytes, outline.from(FIELD.time), outline.to(FIELD.time));
    // Outlines find the ends of records. Whether those are JSON is known only then.
    const isRecord = !Number.isNaN(time) && parseJson(splitter.text()) !== undefined;
    // Throws an error that describes the fault.
    if (!isRecord) unwrapRecords(splitter.text(), splitter.path, () => undefined);
    this.key.ofOutline(bytes, outline);
    this.note(bytes, outline, { key: this.key, time });
  }

  private note(bytes: Buffer, outline: PlainOutline, { key, time }: Pick<NotedRecord, "key" | "time">): void {
    if (!this.taker.isInTime(time)) return;
    const account =
      this.options.account ?? this.accountAt(bytes, outline.from(FIELD.account), outline.to(FIELD.account));
    this.taker.note(bytes, outline, { time, account, key });
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
