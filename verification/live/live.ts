import type { DeployedAlarm } from "../../signals";
import { Unanswered } from "../aws/unanswered";
import { storedAlarms } from "../checks/alarms";
import { monitoringStack, redeploy, type Subject } from "../checks/check";
import { unansweredFinding, failed, proven, unknown, type CheckResult, type Finding } from "../result";
import type { LiveHub } from "./hub-execution";
import { proveAtHub } from "./hub-steps";
import { stepsToMetric, stepsToTopic } from "./live-steps";
import { MOST_READS, READS_METRIC, readsNeeded, readWatchedSecret } from "./reads";
import { goThrough, type StepOptions } from "./step";
import { Trace } from "./trace";

export interface LiveOptions extends StepOptions {
  /**
   * How long to wait for each hop, in milliseconds.
   *
   * @default - a multiple of the time that AWS usually takes for it
   */
  readonly timeout?: number;
  /**
   * The alert hub.
   *
   * @default - none
   */
  readonly hub?: LiveHub | undefined;
  /** Allow more than a hundred reads of a secret. */
  readonly anyNumber: boolean;
  /** Called before the reads, with their number. */
  readonly onRead: (text: string) => void;
}

/** Reads a watched secret, and follows the call hop by hop up to the notification, also by the alert hub. */
export async function proveLive(subject: Subject, options: LiveOptions): Promise<CheckResult[]> {
  const alarm = subject.expected.deployed.alarms.find(({ metricName }) => metricName === READS_METRIC);
  const [secret] = subject.expected.secrets;
  const call = { hop: "API call", check: `read of ${secret?.name ?? "a watched secret"}` } as const;
  if (alarm === undefined || secret === undefined) {
    const reason = "the account watches no secret by its full name, so there is nothing to read";
    return [{ ...call, ...unknown("nothing", reason, "test the alarm with --notify") }];
  }
  const refusal = refused(alarm, options);
  if (refusal !== undefined) return [{ ...call, ...refusal }];

  const times = readsNeeded(alarm);
  const often = times === 1 ? "once" : `${times} times, to reach the threshold of ${alarm.name}`;
  options.onRead(
    `${subject.account.name}: reads ${secret.name} ${often}; subscribers that are notified of reads will be notified`,
  );
  try {
    const before = (await storedAlarms(subject, subject.expected.homeRegion)).get(alarm.name);
    const reads = await readWatchedSecret(subject, secret, alarm, options.clock);
    if (reads === undefined) {
      const remedy = redeploy(monitoringStack(subject));
      return [{ ...call, ...failed(`no such secret in ${secret.region}`, "the watched secret is gone", remedy) }];
    }
    const trace = new Trace({ subject, alarm, secret, reads });
    const read = { ...call, ...proven(`read ${often}`) };
    if (before?.StateValue === "ALARM") {
      const after = await goThrough(stepsToMetric(trace, options.timeout), options);
      return [read, ...after, alreadyInAlarm(alarm, before.StateUpdatedTimestamp)];
    }
    const after = await goThrough(stepsToTopic(trace, options.timeout), options);
    const atHub = options.hub === undefined ? [] : await proveAtHub(trace, options.hub, after, options);
    return [read, ...after, ...atHub];
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return [{ ...call, ...unansweredFinding(error) }];
  }
}

function refused(alarm: DeployedAlarm, { anyNumber }: LiveOptions): Finding | undefined {
  if (alarm.evaluationPeriods > 1) {
    return unknown(
      `${alarm.name} goes off after ${alarm.evaluationPeriods} periods`,
      "a read in each period in a row would take too long",
      "test the alarm with --notify",
    );
  }
  const times = readsNeeded(alarm);
  if (times <= MOST_READS || anyNumber) return undefined;
  return unknown(
    `threshold ${alarm.threshold}`,
    `${times} reads are more than ${MOST_READS}`,
    "to allow it, pass --yes",
  );
}

function alreadyInAlarm(alarm: DeployedAlarm, since: Date | undefined): CheckResult {
  const when = since === undefined ? "" : ` since ${since.toISOString()}`;
  return {
    hop: "alarm",
    check: "the alarm goes off",
    ...unknown(
      `${alarm.name} is in ALARM${when}`,
      "it was in ALARM before the read: its state does not change, so it sends no notification",
      "run verify --live again once it is OK",
    ),
  };
}
