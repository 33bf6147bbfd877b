import { setTimeout as sleep } from "node:timers/promises";
import { accountNamed, type Account } from "../../organization/organization";
import type { Mail } from "../mailbox/mailbox";
import type { Sandbox } from "../sandbox";
import { DELAYS } from "../signal-path/delays";
import type { HopEvent } from "../signal-path/hop-event";
import type { SettableClock } from "../signal-path/settable-clock";
import { neededMails } from "./expected-alarm";
import { GroupedLines } from "./grouped-lines";
import { Narration } from "./narration";
import type { Scenario } from "./scenario";
import { type ActorSession, signIn } from "./session";

/** Options of a scenario's context. */
export interface ScenarioContextOptions {
  readonly sandbox: Sandbox;
  /** The clock of the sandbox. */
  readonly clock: SettableClock;
  readonly scenario: Pick<Scenario, "expects" | "topics">;
  /** Receives a line for people. */
  readonly print: (line: string) => void;
  /**
   * Lets a person confirm the subscriptions, and resolves once that is done. Without it, the context follows the links.
   */
  readonly manualConfirmation?: (unconfirmed: readonly Mail[]) => Promise<void>;
  readonly signal: AbortSignal;
  /**
   * Names of the sessions whose calls are part of the scenario; the context adds to them.
   *
   * @default - a set of its own
   */
  readonly actors?: Set<string>;
}

const GLANCE = 100;

/** A sandbox with everything deployed, sessions in its accounts, and a narrator that prints what happens. */
export class ScenarioContext {
  /** All hops so far, the oldest first. */
  public readonly hops: HopEvent[] = [];
  public readonly sandbox: Sandbox;
  public readonly clock: SettableClock;
  public readonly print: (line: string) => void;
  private readonly actors: Set<string>;
  private readonly end: () => void;

  constructor(private readonly options: ScenarioContextOptions) {
    const { sandbox, clock, print, actors = new Set() } = options;
    this.sandbox = sandbox;
    this.clock = clock;
    const lines = new GroupedLines(print);
    this.print = (line) => {
      lines.flush();
      print(line);
    };
    this.actors = actors;
    const names = new Map(sandbox.organization.accounts.map(({ id, name }) => [id, name]));
    const narration = new Narration(
      (session) => this.actors.has(session),
      (account) => names.get(account) ?? account,
    );
    const end = sandbox.signalPath.onHop((hop) => {
      this.hops.push(hop);
      const line = narration.lineFor(hop);
      if (line !== undefined) lines.add(line);
    });
    this.end = () => {
      end();
      lines.flush();
    };
  }

  /** The factor by which the sandbox divides AWS's delays now. */
  public get speed(): number {
    return this.sandbox.signalPath.pace.speed;
  }

  public account(name: string): Account {
    return accountNamed(this.sandbox.organization, name);
  }

  /** Signs in an actor whose calls are part of the scenario. */
  public actor(account: Account, role: string, sessionName: string): Promise<ActorSession> {
    this.actors.add(sessionName);
    return signIn(this.sandbox, account, role, sessionName);
  }

  /** Follows the confirmation links in the mails that the scenario needs, each once. */
  public async confirmSubscriptions(): Promise<void> {
    const { mailbox, organization } = this.sandbox;
    const unconfirmed = neededMails(this.options.scenario, mailbox, organization).filter(
      (mail) => !mailbox.isConfirmed(mail),
    );
    if (this.options.manualConfirmation !== undefined) return this.options.manualConfirmation(unconfirmed);
    for (const mail of unconfirmed) {
      const { to, confirmLink = "" } = mail;
      const account = mailbox.subscriptionOf(mail)?.topicArn.split(":")[4];
      const name = organization.accounts.find(({ id }) => id === account)?.name ?? "";
      this.print(`  ${to} opens the mail "Subscription Confirmation" of ${name} and follows its link.`);
      const answer = await fetch(confirmLink, { signal: this.options.signal });
      if (!answer.ok) throw new Error(`the link for ${to} answered ${answer.status}: ${await answer.text()}`);
    }
  }

  /** Waits for the first hop from `since` on that satisfies the condition. Undefined: it did not arrive in time. */
  public async until<T extends HopEvent>(is: (hop: HopEvent) => hop is T, since = 0): Promise<T | undefined> {
    // The speed may change, and processing may pause, while the scenario waits.
    const { pace } = this.sandbox.signalPath;
    let [seen, waited] = [since, 0];
    while (waited < 1) {
      const begin = Date.now();
      for (; seen < this.hops.length; seen++) {
        const hop = this.hops[seen];
        if (hop !== undefined && is(hop)) return hop;
      }
      await sleep(GLANCE, undefined, { signal: this.options.signal });
      if (!pace.isPaused) waited += (Date.now() - begin) / patience(pace.speed);
    }
    return undefined;
  }

  /** Waits until everything in progress has arrived, and every alarm has been evaluated since. */
  public async quiet(): Promise<void> {
    await this.sandbox.signalPath.settled();
  }

  public close(): void {
    this.end();
  }
}

/** The time that this machine may take for a hop, in addition to AWS's delays. */
const OVERHEAD = 60_000;
/** The slowest feed brings a call to its log group, and the alarm is evaluated once more. */
const SLOWEST_PATH = Math.max(DELAYS.eventBridge, DELAYS.trailLogs) + DELAYS.alarmEvaluation;

/** How long a scenario waits for a hop, in milliseconds of this machine, where AWS's delays are divided by the speed. */
export function patience(speed: number): number {
  return OVERHEAD + SLOWEST_PATH / speed;
}
