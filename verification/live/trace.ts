import { compileFilterPattern, type DeployedAlarm } from "../../signals";
import { LIVE, READS } from "../aws/calls";
import type { Subject } from "../checks/check";
import type { ExpectedSecret } from "../expected/expected-account";
import { failed, proven, type Finding } from "../result";
import { READS_METRIC, type Reads } from "./reads";
import { duration } from "./step";

const MINUTE = 60_000;

/** Reads of a watched secret, and the alarm that counts them. */
export interface Traced {
  readonly subject: Subject;
  readonly alarm: DeployedAlarm;
  readonly secret: ExpectedSecret;
  readonly reads: Reads;
}

/** Looks for the reads in AWS; undefined: not there yet. */
export class Trace {
  /** The events of the reads in the log group. */
  private message: string | undefined;

  constructor(public readonly traced: Traced) {}

  /** End of the caller's ARN, such as the session of a role; undefined until the log group has the event. */
  public get caller(): string | undefined {
    const arn = /"userIdentity":\{[^{}]*?"arn":"([^"]+)"/.exec(this.message ?? "")?.[1];
    return arn?.split(/[:/]/).at(-1);
  }

  /** The destination of the reads' events. */
  public get logGroup(): string {
    return this.filters[0]?.logGroup ?? "its log group";
  }

  private get filters() {
    return this.traced.subject.expected.deployed.filters.filter(
      ({ transformation }) => transformation.metricName === READS_METRIC,
    );
  }

  /** The event history may lag behind the feed: an event in the log group was recorded. */
  public async inEventHistory(): Promise<Finding | undefined> {
    const { subject, secret, reads } = this.traced;
    const answer = await subject.session.query(
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
    return (await this.inLogGroup()) === undefined ? undefined : proven("recorded: its log group already has it");
  }

  /** Whether the log group holds one of the reads. */
  public async inLogGroup(): Promise<Finding | undefined> {
    const { subject, reads } = this.traced;
    const [id = ""] = reads.requestIds;
    const answer = await subject.session.query(
      LIVE.logEvents,
      { logGroupName: this.logGroup, startTime: reads.since - 1000, filterPattern: `"${id}"` },
      subject.expected.homeRegion,
    );
    const found = answer?.events?.find(({ message = "" }) => this.isOurs(message));
    if (found === undefined) return undefined;
    this.message = found.message;
    return proven(`log event after ${this.sinceReads()}`);
  }

  /** Earlier checks showed that the stored patterns equal the synthesized ones, so they can be evaluated here. */
  public counted(): Finding {
    const message = this.message ?? "";
    const counting = this.filters.find(({ pattern }) => compileFilterPattern(pattern).matches(message));
    return counting === undefined
      ? failed(
          "no filter matches the event",
          "the filters exclude this caller: an 'ignore' in accounts/ covers it",
          "read the secret as another role, or narrow the 'ignore'",
        )
      : proven(counting.name);
  }

  /** Whether the metric has counted all of them. */
  public async inMetric(): Promise<Finding | undefined> {
    const { subject, alarm, reads } = this.traced;
    const period = alarm.periodSeconds * 1000;
    const answer = await subject.session.query(
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
    return this.traced.reads.requestIds.some((id) => id !== "" && event.includes(id));
  }

  private sinceReads(): string {
    return duration(this.traced.subject.now() - this.traced.reads.since);
  }
}
