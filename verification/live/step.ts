import type { Hop } from "../../signals";
import { Unanswered } from "../aws/unanswered";
import { failed, unknown, type CheckResult, type Finding } from "../result";
import type { Clock } from "./clock";

const SECOND = 1000;
/** Asked soon at first, then ever less often: LookupEvents answers two questions a second for a whole region. */
const FIRST_PAUSE = 2 * SECOND;
const LONGEST_PAUSE = 15 * SECOND;

/** One thing that must happen in AWS after a call. */
export interface Step {
  readonly hop: Hop;
  /** What is waited for, such as `the alarm goes off`. */
  readonly name: string;
  /** How long AWS usually takes, for people. */
  readonly usual: string;
  /** How long it is waited for, in milliseconds. */
  readonly timeout: number;
  /** What is wrong, in all likelihood, when it does not happen. */
  readonly otherwise: { readonly reason: string; readonly remedy: string };
  /** Looks whether it has happened, or never will; undefined: not yet. */
  readonly look: () => Promise<Finding | undefined>;
}

/** What is told while it lasts. */
export interface Progress {
  readonly step: Step;
  /** Milliseconds since the step began. */
  readonly elapsed: number;
}

export interface StepOptions {
  readonly clock: Clock;
  /** Told at each look. */
  readonly onProgress: (progress: Progress) => void;
}

/** Goes through the steps; the first one that does not happen ends it, as the others come after it. */
export async function goThrough(steps: readonly Step[], options: StepOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const step of steps) {
    const stopped = results.find(({ status }) => status === "failed");
    const finding =
      stopped === undefined ? await happens(step, options) : unknown("nothing", `not asked: '${stopped.check}' failed`);
    results.push({ hop: step.hop, check: step.name, ...finding });
  }
  return results;
}

async function happens(step: Step, { clock, onProgress }: StepOptions): Promise<Finding> {
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

async function lookOnce(step: Step): Promise<Finding | undefined> {
  try {
    return await step.look();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const { message, missingAction } = error;
    return { ...unknown("nothing", message), ...(missingAction === undefined ? {} : { missingAction }) };
  }
}

/** A length of time to the second. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / SECOND);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
