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

/** A clock that stands still until it is advanced, for tests. */
export class ManualClock implements SandboxClock {
  public readonly rate = 1;
  private waiting: { readonly time: number; readonly resolve: () => void }[] = [];

  constructor(private time: number) {}

  public now(): number {
    return this.time;
  }

  public until(time: number, signal: AbortSignal): Promise<void> {
    if (time <= this.time) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ time, resolve });
      signal.addEventListener("abort", () => {
        reject(signal.reason as Error);
      });
    });
  }

  /** Advances by some milliseconds. */
  public advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.waiting.filter(({ time }) => time <= this.time);
    this.waiting = this.waiting.filter(({ time }) => time > this.time);
    for (const { resolve } of due) resolve();
  }
}
