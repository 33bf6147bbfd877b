import { setMaxListeners } from "node:events";
import type { SandboxClock } from "./clock";
import type { Pace } from "./pace";

/** When work is done, and the callback for errors. */
export interface WorkOptions {
  readonly clock: SandboxClock;
  readonly pace: Pace;
  readonly onError: (error: Error) => void;
}

/** The signal path's work in progress: in turn, after AWS's delays, or repeatedly, until it ends. */
export class WorkUnderWay {
  private readonly ending = new AbortController();
  private readonly ended = new Promise<never>((_, reject) => {
    this.ending.signal.addEventListener("abort", () => {
      reject(this.ending.signal.reason as Error);
    });
  });
  private readonly inFlight = new Set<Promise<void>>();
  private turns: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: WorkOptions) {
    this.ended.catch(() => undefined);
    // Every record in progress has a listener for the end.
    setMaxListeners(0, this.ending.signal);
  }

  /** Runs tasks one after another: records are evaluated against what is deployed at their turn. */
  public turn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turns.then(work);
    this.turns = done.catch(() => undefined);
    return done;
  }

  /** Runs a task repeatedly, at the interval of AWS's delay. */
  public repeat(delay: number, work: () => Promise<void>): void {
    const { signal } = this.ending;
    void (async () => {
      while (!signal.aborted) {
        try {
          await this.after(this.options.clock.now(), delay);
          await work();
        } catch (error) {
          this.report(error);
        }
      }
    })();
  }

  /** Resolves once one of AWS's delays, in milliseconds, has passed since a time of the clock. */
  public after(time: number, delay: number): Promise<void> {
    const { clock, pace } = this.options;
    return pace.after(time, delay, clock, this.ending.signal);
  }

  /** Counts a task as in progress until it is done, has failed or the end has come. */
  public track(work: Promise<void>): Promise<void> {
    const tracked = Promise.race([work, this.ended])
      .catch((error: unknown) => {
        this.report(error);
      })
      .finally(() => this.inFlight.delete(tracked));
    this.inFlight.add(tracked);
    return tracked;
  }

  /** Resolves once all tasks that are tracked now are done. */
  public async settled(): Promise<void> {
    await Promise.allSettled([...this.inFlight]);
  }

  /** Ends everything at once. */
  public async end(): Promise<void> {
    this.ending.abort(new Error("the signal path was stopped"));
    await this.settled();
  }

  private report(error: unknown): void {
    if (this.ending.signal.aborted) return;
    this.options.onError(error instanceof Error ? error : new Error(String(error)));
  }
}
