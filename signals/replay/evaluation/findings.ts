import type { Outcome } from "./record-evaluator";

/** What was found in some files, in their order: plain data, that one thread can hand to another. */
export interface Findings {
  /** Two words per record in the requested time that identify its event; two zeros if it has no id. */
  readonly keys: Int32Array;
  /** Of each record the number of its account in `accounts`. */
  readonly accountOf: Uint32Array;
  readonly accounts: readonly string[];
  /** What records set off, each with the number of its record. */
  readonly outcomes: readonly (readonly [record: number, outcome: Outcome])[];
  /** Records that set nothing off and count as having come through a feed: its number, and their time. */
  readonly passed: readonly (readonly [feed: number, time: number])[];
  /** How many records lay outside of the requested time. */
  readonly outOfTime: number;
  /** Why a file, or some of it, could not be read; by its number. */
  readonly unreadable: readonly (readonly [file: number, reason: string])[];
  /** Days since 1970 on which accounts have records, where matches are kept. */
  readonly days: readonly (readonly [account: string, day: number])[];
}

/** Gathers findings, and hands them out in one go. */
export class FindingsBuilder {
  readonly outcomes: [number, Outcome][] = [];
  readonly passed: [number, number][] = [];
  readonly unreadable: [number, string][] = [];
  outOfTime = 0;
  readonly days: [string, number][] = [];
  private readonly keys: number[] = [];
  private readonly accountOf: number[] = [];
  private readonly numbers = new Map<string, number>();
  private lastAccount: string | undefined;
  private lastNumber = 0;

  /** Takes a record and gives its number. */
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
