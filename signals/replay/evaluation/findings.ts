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

/** Collects findings, and returns them all at once. */
export class FindingsBuilder {
  readonly outcomes: [number, RecordOutcome][] = [];
  readonly passed: [number, number][] = [];
  readonly unreadable: [number, string][] = [];
  outOfTime = 0;
  readonly days: [string, number][] = [];
  private readonly keys: number[] = [];
  private readonly accountOf: number[] = [];
  private readonly numbers = new Map<string, number>();
  private lastAccount: string | undefined;
  private lastNumber = 0;

  /** Adds a record and returns its number. */
  record(high: number, low: number, account: string): number {
    this.keys.push(high, low);
    if (account !== this.lastAccount) {
      this.lastAccount = account;
      this.lastNumber = this.numbers.get(account) ?? this.numbers.size;
      this.numbers.set(account, this.lastNumber);
    }
    return this.accountOf.push(this.lastNumber) - 1;
  }

  finish(): Findings {
    const { outcomes, passed, outOfTime, unreadable, days } = this;
    return {
      keys: Int32Array.from(this.keys),
      accountOf: Uint32Array.from(this.accountOf),
      accounts: [...this.numbers.keys()],
      outcomes,
      passed,
      outOfTime,
      unreadable,
      days,
    };
  }
}
