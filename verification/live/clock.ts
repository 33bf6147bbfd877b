import { setTimeout as wait } from "node:timers/promises";

/** The time, and waiting for it to pass. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects when the whole is interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The wall clock; sleeping ends with an error once the signal is aborted. */
export function wallClock(signal: AbortSignal): Clock {
  return { now: Date.now, sleep: (milliseconds) => wait(milliseconds, undefined, { signal }) };
}
