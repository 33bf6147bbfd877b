import { FEEDS } from "../../lib/naming/feeds";
import type { Organization } from "../../organization/organization";
import type { Mailbox } from "../mailbox/mailbox";
import { STAGES, type ExpectedView } from "../page/page-steps";
import { goesOff, isSent } from "../scenarios/alarms";
import { type ExpectedAlarm, nameOfExpected, subscriptionTo } from "../scenarios/expected-alarm";
import { sessionNameOf } from "../scenarios/narration";
import { DELAYS } from "../signal-path/delays";
import type { HopEvent } from "../signal-path/hop-event";

type Stage = (typeof STAGES)[number];

/** What the alert hub, this machine and the mail take in addition, in milliseconds. */
const OVERHEAD = 1000;

/** Follows what a run caused, from the actors' records to the mails about the expected alarms. */
export class RunProgress {
  private readonly events = new Set<string>();
  private readonly followed: readonly FollowedAlarm[];

  /**
   * @param actors - names of the sessions whose calls count; may grow
   * @param inAlarm - names of the alarms that are in ALARM before the calls: they do not notify again
   */
  constructor(
    expected: readonly ExpectedAlarm[],
    private readonly sandbox: { readonly organization: Organization; readonly mailbox: Mailbox },
    private readonly actors: ReadonlySet<string>,
    inAlarm: ReadonlySet<string> = new Set(),
  ) {
    this.followed = expected.map((alarm) => {
      const name = nameOfExpected(alarm, sandbox.organization);
      const problem = inAlarm.has(name)
        ? `${name} was in ALARM before, and only a change of its state notifies`
        : undefined;
      return { alarm, reached: new Map(), problem };
    });
  }

  /** Whether every alarm is reported. */
  get isComplete(): boolean {
    return this.followed.every(({ reached }) => reached.has("mail"));
  }

  /** Whether the rest of the mails was refused: none of them is to be expected. */
  get isRefused(): boolean {
    return !this.isComplete && this.followed.every(({ reached, refused }) => refused === true || reached.has("mail"));
  }

  take(hop: HopEvent): void {
    if (hop.hop === "API call" && this.actors.has(sessionNameOf(hop.record))) this.events.add(hop.eventId);
    for (const followed of this.followed) {
      const stage = this.stageOf(hop, followed.alarm);
      if (stage !== undefined && !followed.reached.has(stage)) followed.reached.set(stage, Date.now());
      if (!isSent(this.sandbox.organization, followed.alarm.account, followed.alarm.detection)(hop)) continue;
      if (hop.delivered) followed.mail = this.sandbox.mailbox.messages().length - 1;
      else [followed.refused, followed.problem] = [true, `${hop.endpoint}: ${hop.reason}`];
    }
  }

  /** @param inAlarm - names of the alarms in ALARM now */
  view(speed: number, inAlarm: ReadonlySet<string>): ExpectedView[] {
    return this.followed.map(({ alarm, reached, mail, problem }) => {
      const name = nameOfExpected(alarm, this.sandbox.organization);
      return {
        alarm: name,
        account: alarm.account.name,
        severity: subscriptionTo(alarm, this.sandbox.organization)?.severity ?? "",
        isInAlarm: inAlarm.has(name),
        stages: STAGES.map((stage) => ({
          stage,
          expectedSeconds: Math.ceil(expectedAfter(stage, alarm) / speed / 1000 + OVERHEAD / 1000),
          reachedAt: reached.get(stage),
        })),
        mail,
        problem: mail === undefined ? problem : undefined,
      };
    });
  }

  private stageOf(hop: HopEvent, { account, detection }: ExpectedAlarm): Stage | undefined {
    if (goesOff(account, detection)(hop)) return "alarm";
    if (isSent(this.sandbox.organization, account, detection)(hop)) return hop.delivered ? "mail" : undefined;
    if (!("eventId" in hop) || hop.account !== account.id || !this.events.has(hop.eventId)) return undefined;
    if (hop.hop === "CloudTrail") return "record written";
    return hop.hop === "metric filter" && hop.metricName === detection ? "filter matched" : undefined;
  }
}

interface FollowedAlarm {
  readonly alarm: ExpectedAlarm;
  /** When each stage was reached. */
  readonly reached: Map<Stage, number>;
  mail?: number;
  /** Why no mail is to be expected. */
  problem?: string | undefined;
  /** Whether a subscriber was not reached; another one may be. */
  refused?: boolean;
}

/** When AWS gets to a stage at the latest, in milliseconds after the call. */
function expectedAfter(stage: Stage, { account }: ExpectedAlarm): number {
  const logged = FEEDS[account.feed].trail === "none" ? DELAYS.eventBridge : DELAYS.trailLogs;
  switch (stage) {
    case "record written":
      return DELAYS.cloudTrail;
    case "filter matched":
      return logged;
    case "alarm":
    case "mail":
      return logged + DELAYS.alarmEvaluation;
  }
}
