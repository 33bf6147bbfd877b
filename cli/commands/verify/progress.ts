import { printError } from "../../../lib/support/print";
import { duration, type Progress, type LiveStep } from "../../../verification/live/step";

/** Shorter waits need no progress. */
const QUIET_MILLISECONDS = 2000;
/** Print rarely, because several accounts may wait at a time. */
const EVERY_MILLISECONDS = 30_000;

/** Shows on standard error which hop is awaited, since when, and how long it usually takes. */
export function showLiveProgress(account: string): {
  readonly say: (text: string) => void;
  readonly update: (progress: Progress) => void;
} {
  const say = (text: string): void => {
    printError(text);
  };
  let shown: { readonly step: LiveStep; readonly elapsed: number } | undefined;
  return {
    say,
    update: ({ step, elapsed }) => {
      if (elapsed < QUIET_MILLISECONDS) return;
      if (shown?.step === step && elapsed - shown.elapsed < EVERY_MILLISECONDS) return;
      shown = { step, elapsed };
      const times = `${duration(elapsed)} of at most ${duration(step.timeout)}, usually ${step.usual}`;
      say(`${account}: ${step.hop}: waits for: ${step.name} (${times})`);
    },
  };
}
