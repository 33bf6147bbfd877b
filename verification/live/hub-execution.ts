import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { z } from "zod";
import { HUB_LIVE } from "../aws/hub-calls";
import { pages, type Session } from "../aws/session";
import type { ExpectedHub } from "../expected/expected-hub";
import type { Trace } from "./trace";

/** The alert hub, and access to its account. */
export interface LiveHub {
  readonly expected: ExpectedHub;
  /** @throws Unanswered when its account cannot be accessed */
  readonly enter: () => Promise<Session>;
}

/** The parts of an alarm's event that identify it. EventBridge sets the account. */
const alarmEvent = z.object({
  account: z.string(),
  detail: z.object({ alarmName: z.string(), state: z.object({ value: z.string() }) }),
});

/** CloudTrail's, CloudWatch's and Step Functions' clocks may differ by this, in milliseconds. */
const CLOCK_TOLERANCE = 1000;

/** The execution of the hub's state machine for an alarm. */
export class HubExecution {
  private session: Promise<Session> | undefined;
  /** Executions for other events. */
  private readonly others = new Set<string>();
  private arn: string | undefined;

  constructor(
    private readonly trace: Trace,
    private readonly hub: LiveHub,
  ) {}

  /** Looks for the execution that the alarm started; undefined: not there yet. */
  public async find(): Promise<{ readonly name: string; readonly at: number } | undefined> {
    for (const { executionArn = "", name = "", startDate } of await this.started()) {
      if (this.others.has(executionArn)) continue;
      if (await this.isOurs(executionArn)) {
        this.arn = executionArn;
        return { name, at: startDate?.getTime() ?? 0 };
      }
      this.others.add(executionArn);
    }
    return undefined;
  }

  /** The events of the execution so far. */
  public async history(): Promise<readonly HistoryEvent[]> {
    const session = await this.enter();
    const executionArn = this.arn;
    const events = await pages(
      (nextToken) =>
        session.query(HUB_LIVE.execution, { executionArn, nextToken, maxResults: 1000 }, this.hub.expected.region),
      (answer) => ({ items: answer.events, next: answer.nextToken }),
    );
    return events ?? [];
  }

  /** The machine's executions since the reads, the newest first, as AWS lists them. */
  private async started() {
    const { machine, region } = this.hub.expected;
    const since = this.trace.traced.reads.since - CLOCK_TOLERANCE;
    const session = await this.enter();
    const executions = await pages(
      (nextToken) => session.query(HUB_LIVE.executions, { stateMachineArn: machine, nextToken }, region),
      ({ executions: items = [], nextToken }) => {
        const isOlder = (items.at(-1)?.startDate?.getTime() ?? 0) < since;
        return { items, next: isOlder ? undefined : nextToken };
      },
    );
    return (executions ?? []).filter(({ startDate }) => (startDate?.getTime() ?? 0) >= since);
  }

  private async isOurs(executionArn: string): Promise<boolean> {
    const session = await this.enter();
    const answer = await session.query(HUB_LIVE.execution, { executionArn, maxResults: 1 }, this.hub.expected.region);
    const event = alarmEvent.safeParse(json(answer?.events?.[0]?.executionStartedEventDetails?.input));
    const { alarm, subject } = this.trace.traced;
    return (
      event.success &&
      event.data.account === subject.account.id &&
      event.data.detail.alarmName === alarm.name &&
      event.data.detail.state.value === "ALARM"
    );
  }

  private enter(): Promise<Session> {
    this.session ??= this.hub.enter();
    return this.session;
  }
}

/** A text of JSON; undefined if it is none. */
export function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
