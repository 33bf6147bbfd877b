import { DELAYS } from "../signal-path/delays";

/** The time that this machine may take for a hop, in addition to AWS's delays. */
const OVERHEAD = 60_000;
/** The slowest feed brings a call to its log group, and the alarm is evaluated once more. */
const SLOWEST_PATH = Math.max(DELAYS.eventBridge, DELAYS.trailLogs) + DELAYS.alarmEvaluation;

/** How long a scenario waits for a hop, in milliseconds of this machine, where AWS's delays are divided by the speed. */
export function patience(speed: number): number {
  return OVERHEAD + SLOWEST_PATH / speed;
}
