import type { RecordOutcome } from "./record-evaluator";

/** The findings in some files, in their order: plain data, which one thread can pass to another. */
export interface Findings {
  /** Two words per record in the requested time that identify its event; two zeros if it has no id. */
  readonly keys: Int32Array;
  /** For each record, the number of its account in `accounts`. */
  readonly accountOf: Uint32Array;
  readonly accounts: readonly string[];
  /** The outcomes of records, each with the number of its record. */
  readonly outcomes: readonly (readonly [record: number, outcome: RecordOutcome])[];
  /** Records without an outcome that count as having come through a feed: the feed's number, and their times. */
  readonly passed: readonly (readonly [feed: number, time: number])[];
  /** How many records lay outside of the requested time. */
  readonly outOfTime: number;
  /** Why a file, or part of it, could not be read; by its number. */
  readonly unreadable: readonly (readonly [file: number, reason: string])[];
  /** Days since 1970 on which accounts have records, where matches are kept. */
  readonly days: readonly (readonly [account: string, day: number])[];
}

/** Records for which there is room at first, as in most batches. */
const FIRST_RECORDS = 1024;

/** Collects findings, and returns all since the last time at once. It keeps the memory for the keys. */
export class FindingsBuilder {
  outcomes: [number, RecordOutcome][] = [];
  passed: [number, number][] = [];
  unreadable: [number, string][] = [];
  outOfTime = 0;
  days: [string, number][] = [];
  private records = 0;
  private keys = new Int32Array(2 * FIRST_RECORDS);
  private accountOf = new Uint32Array(FIRST_RECORDS);
  private numbers = new Map<string, number>();
  private lastAccount: string | undefined;
  private lastNumber = 0;

  /** Adds a record and returns its number. */
  record(high: number, low: number, account: string): number {
    if (account !== this.lastAccount) {
      this.lastAccount = account;
      this.lastNumber = this.numbers.get(account) ?? this.numbers.size;
      this.numbers.set(account, this.lastNumber);
    }
    if (this.records === this.accountOf.length) this.makeRoom();
    this.keys[2 * this.records] = high;
    this.keys[2 * this.records + 1] = low;
    this.accountOf[this.records] = this.lastNumber;
    this.records += 1;
    return this.records - 1;
  }

  take(): Findings {
    const { outcomes, passed, outOfTime, unreadable, days, records } = this;
    const findings = {
      keys: this.keys.slice(0, 2 * records),
      accountOf: this.accountOf.slice(0, records),
      accounts: [...this.numbers.keys()],
      ...{ outcomes, passed, outOfTime, unreadable, days },
    };
    this.outcomes = [];
    this.passed = [];
    this.unreadable = [];
    this.outOfTime = 0;
    this.days = [];
    this.records = 0;
    this.numbers = new Map();
    this.lastAccount = undefined;
    return findings;
  }

  private makeRoom(): void {
    const { keys, accountOf } = this;
    this.keys = new Int32Array(2 * keys.length);
    this.keys.set(keys);
    this.accountOf = new Uint32Array(2 * accountOf.length);
    this.accountOf.set(accountOf);
  }
}
