import { compileFilterPattern, type DeployedAlarm } from "../../signals";
import { LIVE, READS } from "../aws/calls";
import { Unanswered } from "../aws/unanswered";
import { storedAlarms } from "../checks/alarms";
import { monitoringStack, redeploy, type Subject } from "../checks/check";
import type { ExpectedSecret } from "../expected/expected-account";
import { failed, proven, unknown, type CheckResult, type Finding } from "../result";
import { acted, wentOff } from "./alarm-history";
import { MOST_READS, readsNeeded, readSecret, type Reads } from "./reads";
import { duration, goThrough, type Step, type StepOptions } from "./step";

/** Counts the reads of watched secrets. */
const METRIC = "watched-secret-reads";
const MINUTE = 60_000;

export interface LiveOptions extends StepOptions {
  /**
   * How long each hop is waited for, in milliseconds.
   *
   * @default - some times as long as AWS usually takes for it
   */
  readonly timeout?: number;
  /** Read a secret also more than a hundred times. */
  readonly anyNumber: boolean;
  /** Told how often the secret is read, before it is. */
  readonly onRead: (text: string) => void;
}

/** Reads a watched secret, and follows the call hop by hop until somebody is told. */
export async function proveLive(subject: Subject, options: LiveOptions): Promise<CheckResult[]> {
  const alarm = subject.expected.deployed.alarms.find(({ metricName }) => metricName === METRIC);
  const [secret] = subject.expected.secrets;
  const call = { hop: "API call", check: `read of ${secret?.name ?? "a watched secret"}` } as const;
  if (alarm === undefined || secret === undefined) {
    const reason = "the account watches no secret by its full name, so there is nothing to read";
    return [{ ...call, ...unknown("nothing", reason, "prove the alarm's way with --notify") }];
  }
  const refusal = refused(alarm, options);
  if (refusal !== undefined) return [{ ...call, ...refusal }];

  const times = readsNeeded(alarm);
  const often = times === 1 ? "once" : `${times} times, as the threshold of ${alarm.name} asks`;
  options.onRead(
    `${subject.account.name}: reads ${secret.name} ${often}; whoever is told of reads will be told of this`,
  );
  try {
    const before = (await storedAlarms(subject, subject.expected.homeRegion)).get(alarm.name);
    const reads = await readSecret(subject, secret, alarm, options.clock);
    if (reads === undefined) {
      const remedy = redeploy(monitoringStack(subject));
      return [{ ...call, ...failed(`no such secret in ${secret.region}`, "the watched secret is gone", remedy) }];
    }
    const path = new LivePath({ subject, alarm, secret, reads, timeout: options.timeout });
    const steps = before?.StateValue === "ALARM" ? path.upToMetric() : path.toTheEnd();
    const after = await goThrough(steps, options);
    const already = before?.StateValue === "ALARM" ? [alreadyInAlarm(alarm, before.StateUpdatedTimestamp)] : [];
    return [{ ...call, ...proven(`read ${often}`) }, ...after, ...already];
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const { message, missingAction } = error;
    return [{ ...call, ...unknown("nothing", message), ...(missingAction === undefined ? {} : { missingAction }) }];
  }
}

function refused(alarm: DeployedAlarm, { anyNumber }: LiveOptions): Finding | undefined {
  if (alarm.evaluationPeriods > 1) {
    return unknown(
      `${alarm.name} goes off after ${alarm.evaluationPeriods} periods`,
      "a read in each period in a row would take too long",
      "prove the alarm's way with --notify",
    );
  }
  const times = readsNeeded(alarm);
  if (times <= MOST_READS || anyNumber) return undefined;
  return unknown(
    `threshold ${alarm.threshold}`,
    `${times} reads are more than ${MOST_READS}`,
    "add --yes if you mean it",
  );
}

function alreadyInAlarm(alarm: DeployedAlarm, since: Date | undefined): CheckResult {
  const when = since === undefined ? "" : ` since ${since.toISOString()}`;
  return {
    hop: "alarm",
    check: "the alarm goes off",
    ...unknown(
      `${alarm.name} is in ALARM${when}`,
      "it was before the read: there is no change to see, and nobody is told again",
      "run verify --live again once it is OK",
    ),
  };
}

interface LivePathProps {
  readonly subject: Subject;
  readonly alarm: DeployedAlarm;
  readonly secret: ExpectedSecret;
  readonly reads: Reads;
  readonly timeout: number | undefined;
}

/** What must happen after the reads. */
class LivePath {
  /** What the log group holds of the reads. */
  private message: string | undefined;

  constructor(private readonly props: LivePathProps) {}

  public toTheEnd(): Step[] {
    const { subject, alarm, reads, timeout } = this.props;
    const since = { alarm: alarm.name, since: reads.since };
    return [
      ...this.upToMetric(),
      {
        hop: "alarm",
        name: "the alarm goes off",
        usual: `within its period of ${alarm.periodSeconds} s and a minute`,
        timeout: timeout ?? alarm.periodSeconds * 1000 + 5 * MINUTE,
        otherwise: {
          reason: `the metric reached the threshold, and ${alarm.name} stayed as it was`,
          remedy: redeploy(monitoringStack(subject)),
        },
        look: () => wentOff(subject, since),
      },
      {
        hop: "topic",
        name: "the alarm tells its topic",
        usual: "a few seconds",
        timeout: timeout ?? 2 * MINUTE,
        otherwise: {
          reason: "the alarm has no action for ALARM, or its actions are off",
          remedy: redeploy(monitoringStack(subject)),
        },
        look: () => acted(subject, since),
      },
    ];
  }

  public upToMetric(): Step[] {
    const { account } = this.props.subject;
    const byTrail = account.feed !== "event-bus";
    const timeout = this.props.timeout;
    return [
      {
        hop: "CloudTrail",
        name: "CloudTrail has the event",
        usual: "5 minutes",
        timeout: timeout ?? 15 * MINUTE,
        otherwise: {
          reason: "CloudTrail's event history does not show the read, and no log group has it",
          remedy: "aws cloudtrail lookup-events; see AWS's health page for CloudTrail",
        },
        look: () => this.inEventHistory(),
      },
      {
        hop: "log group",
        name: `the event is in ${this.logGroup}`,
        usual: byTrail ? "5 minutes" : "under a minute",
        timeout: timeout ?? 15 * MINUTE,
        otherwise: {
          reason: byTrail
            ? "the trail recorded the read and did not bring it to the log group: its role, or the key of the log group"
            : "no rule let the event through: its state, its pattern, or the log group's resource policy",
          remedy: redeploy(monitoringStack(this.props.subject)),
        },
        look: () => this.inLogGroup(),
      },
      {
        hop: "metric filter",
        name: "a metric filter counts the event",
        usual: "at once",
        timeout: 0,
        otherwise: { reason: "", remedy: "" },
        look: () => Promise.resolve(this.counted()),
      },
      {
        hop: "metric",
        name: "the metric shows it",
        usual: "1 to 2 minutes",
        timeout: timeout ?? 5 * MINUTE,
        otherwise: {
          reason: "the log group has the event, and the stored metric filters did not count it",
          remedy: redeploy(monitoringStack(this.props.subject)),
        },
        look: () => this.inMetric(),
      },
    ];
  }

  private get logGroup(): string {
    return this.filters[0]?.logGroup ?? "its log group";
  }

  private get filters() {
    return this.props.subject.expected.deployed.filters.filter(
      ({ transformation }) => transformation.metricName === METRIC,
    );
  }

  /** The event history may lag behind the feed: an event that is in the log group was recorded. */
  private async inEventHistory(): Promise<Finding | undefined> {
    const { subject, secret, reads } = this.props;
    const answer = await subject.session.ask(
      READS.events,
      {
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "GetSecretValue" }],
        // CloudTrail's times are whole seconds.
        StartTime: new Date(reads.since - 1000),
      },
      secret.region,
    );
    const found = answer?.Events?.find(({ CloudTrailEvent = "" }) => this.isOurs(CloudTrailEvent));
    if (found !== undefined) return proven(`event ${found.EventId ?? ""} after ${this.sinceReads()}`);
    return (await this.inLogGroup()) === undefined ? undefined : proven("recorded, as its log group has it already");
  }

  private async inLogGroup(): Promise<Finding | undefined> {
    const { subject, reads } = this.props;
    const [id = ""] = reads.requestIds;
    const answer = await subject.session.ask(
      LIVE.logEvents,
      { logGroupName: this.logGroup, startTime: reads.since - 1000, filterPattern: `"${id}"` },
      subject.expected.homeRegion,
    );
    const found = answer?.events?.find(({ message = "" }) => this.isOurs(message));
    if (found === undefined) return undefined;
    this.message = found.message;
    return proven(`log event after ${this.sinceReads()}`);
  }

  /** The stored patterns are those that were synthesized, as the checks before this showed: what they say can be judged here. */
  private counted(): Finding {
    const message = this.message ?? "";
    const counting = this.filters.find(({ pattern }) => compileFilterPattern(pattern).matches(message));
    return counting === undefined
      ? failed(
          "no filter matches the event",
          "the filters leave this caller out: an 'ignore' in accounts/ covers it",
          "read the secret as another role, or narrow the 'ignore'",
        )
      : proven(counting.name);
  }

  private async inMetric(): Promise<Finding | undefined> {
    const { subject, alarm, reads } = this.props;
    const period = alarm.periodSeconds * 1000;
    const answer = await subject.session.ask(
      READS.statistics,
      {
        Namespace: alarm.namespace,
        MetricName: alarm.metricName,
        Statistics: ["Sum"],
        Period: alarm.periodSeconds,
        StartTime: new Date(Math.floor(reads.since / period) * period),
        EndTime: new Date(reads.since + period + 15 * MINUTE),
      },
      subject.expected.homeRegion,
    );
    const sum = (answer?.Datapoints ?? []).reduce((total, { Sum = 0 }) => total + Sum, 0);
    return sum < reads.requestIds.length ? undefined : proven(`${sum} reads after ${this.sinceReads()}`);
  }

  private isOurs(event: string): boolean {
    return this.props.reads.requestIds.some((id) => id !== "" && event.includes(id));
  }

  private sinceReads(): string {
    return duration(this.props.subject.now() - this.props.reads.since);
  }
}
