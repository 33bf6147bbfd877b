import { setTimeout as sleep } from "node:timers/promises";

/** The sandbox's time. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How many milliseconds of this clock pass in one of the wall clock. */
  readonly rate: number;
  /** Resolves at a time; rejects when the signal is aborted. */
  until(time: number, signal: AbortSignal): Promise<void>;
}

/** The time of this machine. */
export const machineClock: SandboxClock = {
  now: () => Date.now(),
  rate: 1,
  until: (time, signal) => wait(time - Date.now(), signal),
};

/** A clock that starts at a time and runs faster, or slower, than the wall clock. */
export function scaledClock(begin: number, rate: number): SandboxClock {
  const startedAt = Date.now();
  const now = (): number => begin + (Date.now() - startedAt) * rate;
  return { now, rate, until: (time, signal) => wait((time - now()) / rate, signal) };
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (milliseconds > 0) await sleep(Math.ceil(milliseconds), undefined, { signal });
}
