import type { SandboxClock } from "./clock";

/** How fast AWS's delays pass in the sandbox. It can change, and stop, while something waits. */
export class Pace {
  private isHeld = false;
  private readonly waiting = new Set<AbortController>();

  /** `factor`: AWS's delays are divided by it. */
  constructor(private factor: number) {}

  /** The factor by which AWS's delays are divided; also while processing is paused. */
  public get speed(): number {
    return this.factor;
  }

  /** While paused, everything waits where it is. Calls to AWS are still answered. */
  public get isPaused(): boolean {
    return this.isHeld;
  }

  /** What still waits continues at the new speed. */
  public set(speed: number): void {
    this.factor = speed;
    this.wake();
  }

  public pause(): void {
    this.isHeld = true;
    this.wake();
  }

  public resume(): void {
    this.isHeld = false;
    this.wake();
  }

  /**
   * Resolves once `delay`, in milliseconds of AWS, has passed since `time` of the clock, at the speeds that applied;
   * rejects when the signal is aborted.
   */
  public async after(time: number, delay: number, clock: SandboxClock, signal: AbortSignal): Promise<void> {
    let [from, left] = [time, delay];
    for (;;) {
      signal.throwIfAborted();
      const speed = this.isHeld ? 0 : this.factor / clock.rate;
      if (await this.passed(speed === 0 ? Infinity : from + left / speed, clock, signal)) return;
      left -= (clock.now() - from) * speed;
      from = clock.now();
    }
  }

  /** Whether the time came before the pace changed. */
  private async passed(time: number, clock: SandboxClock, signal: AbortSignal): Promise<boolean> {
    const change = new AbortController();
    const end = (): void => {
      change.abort();
    };
    this.waiting.add(change);
    signal.addEventListener("abort", end, { once: true });
    try {
      if (time === Infinity) await aborted(change.signal);
      else await clock.until(time, change.signal);
      return time !== Infinity;
    } catch (error) {
      if (!change.signal.aborted) throw error;
      return false;
    } finally {
      signal.removeEventListener("abort", end);
      this.waiting.delete(change);
    }
  }

  private wake(): void {
    for (const change of [...this.waiting]) change.abort();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
