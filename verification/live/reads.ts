import type { DeployedAlarm } from "../../signals";
import { LIVE } from "../aws/calls";
import type { Subject } from "../checks/check";
import type { ExpectedSecret } from "../expected/expected-account";
import type { WaitingClock } from "./clock";

/** Counts the reads of watched secrets. */
export const READS_METRIC = "watched-secret-reads";
/** More reads of one secret than this need a confirmation. */
export const MOST_READS = 100;
/** Reads in two periods of the alarm may raise it in neither: this close to the end of a period, wait for the next. */
const PERIOD_MARGIN = 20_000;

/** The reads of a secret that the alarm needs. */
export interface Reads {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly requestIds: readonly string[];
}

/** How many reads raise the alarm. */
export function readsNeeded({ threshold, comparison }: DeployedAlarm): number {
  return comparison === "GreaterThanThreshold" ? Math.floor(threshold) + 1 : Math.ceil(threshold);
}

/**
 * Reads the secret as often as the alarm requires. The value is dropped on receipt.
 *
 * @throws Unanswered when a read is refused
 */
export async function readWatchedSecret(
  subject: Subject,
  secret: ExpectedSecret,
  alarm: DeployedAlarm,
  clock: WaitingClock,
): Promise<Reads | undefined> {
  const period = alarm.periodSeconds * 1000;
  const left = period - (clock.now() % period);
  if (left < PERIOD_MARGIN && readsNeeded(alarm) > 1) await clock.sleep(left);
  const since = clock.now();
  const requestIds: string[] = [];
  for (let read = 0; read < readsNeeded(alarm); read++) {
    const answer = await subject.session.query(LIVE.readSecret, { SecretId: secret.name }, secret.region);
    if (answer === undefined) return undefined;
    requestIds.push(answer.$metadata.requestId ?? "");
  }
  return { since, requestIds };
}
