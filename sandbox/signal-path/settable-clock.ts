import { type SandboxClock, scaledClock, machineClock } from "./clock";

/** The time of this machine, until it is set to another time and rate. */
export class SettableClock implements SandboxClock {
  private current: SandboxClock = machineClock;

  public get rate(): number {
    return this.current.rate;
  }

  public now(): number {
    return this.current.now();
  }

  /** Continues from `begin`, milliseconds since 1970, `rate` times as fast as this machine's clock. */
  public set(begin: number, rate: number): void {
    this.current = scaledClock(begin, rate);
  }

  /** A caller that already waits when the clock is set keeps its original waiting time. */
  public until(time: number, signal: AbortSignal): Promise<void> {
    return this.current.until(time, signal);
  }
}
