import type { Hop } from "../../signals";
import { Unanswered } from "../aws/unanswered";
import { unansweredFinding, failed, unknown, type CheckResult, type Finding } from "../result";
import type { WaitingClock } from "./clock";

const SECOND = 1000;
/** Polls soon at first, then at increasing intervals: LookupEvents allows two calls a second for a whole region. */
const FIRST_PAUSE = 2 * SECOND;
const LONGEST_PAUSE = 15 * SECOND;

/** One thing that must happen in AWS after a call. */
export interface LiveStep {
  readonly hop: Hop;
  /** The expected event, such as `the alarm goes off`. */
  readonly name: string;
  /** A readable text of how long AWS usually takes. */
  readonly usual: string;
  /** How long to wait for it, in milliseconds. */
  readonly timeout: number;
  /** The most likely cause if it does not happen. */
  readonly otherwise: { readonly reason: string; readonly remedy: string };
  /** Polls whether it has happened, or never will; undefined: not yet. */
  readonly look: () => Promise<Finding | undefined>;
}

/** Progress of a step. */
export interface Progress {
  readonly step: LiveStep;
  /** Milliseconds since the step began. */
  readonly elapsed: number;
}

export interface StepOptions {
  readonly clock: WaitingClock;
  /** Called at each poll. */
  readonly onProgress: (progress: Progress) => void;
}

/** Runs the steps in order; the first one that does not happen ends it, because the others depend on it. */
export async function goThrough(steps: readonly LiveStep[], options: StepOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const step of steps) {
    const stopped = results.find(({ status }) => status === "failed");
    const finding =
      stopped === undefined
        ? await happens(step, options)
        : unknown("nothing", `not checked: '${stopped.check}' failed`);
    results.push({ hop: step.hop, check: step.name, ...finding });
  }
  return results;
}

async function happens(step: LiveStep, { clock, onProgress }: StepOptions): Promise<Finding> {
  const started = clock.now();
  let pause = FIRST_PAUSE;
  for (;;) {
    const elapsed = clock.now() - started;
    onProgress({ step, elapsed });
    const finding = await lookOnce(step);
    if (finding !== undefined) return finding;
    if (elapsed >= step.timeout) {
      const { reason, remedy } = step.otherwise;
      return failed(`nothing in ${duration(elapsed)} (usually ${step.usual})`, reason, remedy);
    }
    await clock.sleep(Math.min(pause, step.timeout - elapsed));
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  }
}

async function lookOnce(step: LiveStep): Promise<Finding | undefined> {
  try {
    return await step.look();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return unansweredFinding(error);
  }
}

/** A duration to the second. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / SECOND);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
