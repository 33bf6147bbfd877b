import { setTimeout as wait } from "node:timers/promises";

/** A clock that can wait. */
export interface WaitingClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects when verification is interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The wall clock; sleeping rejects once the signal is aborted. */
export function waitingClock(signal: AbortSignal): WaitingClock {
  return { now: Date.now, sleep: (milliseconds) => wait(milliseconds, undefined, { signal }) };
}
