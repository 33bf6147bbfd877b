import { setTimeout as sleep } from "node:timers/promises";
import { accountNamed, type Account } from "../../organization/organization";
import type { Mail } from "../mailbox/mailbox";
import type { Sandbox } from "../sandbox";
import { DELAYS } from "../signal-path/delays";
import type { HopEvent } from "../signal-path/hop-event";
import type { SettableClock } from "../signal-path/settable-clock";
import { Narration } from "./narration";
import { type ActorSession, signIn } from "./session";

/** Options of a scenario's context. */
export interface ScenarioContextOptions {
  readonly sandbox: Sandbox;
  /** The clock of the sandbox. */
  readonly clock: SettableClock;
  /** The factor by which the sandbox divides AWS's delays. */
  readonly speed: number;
  /** Receives a line for people. */
  readonly print: (line: string) => void;
  /**
   * Lets a person confirm the subscriptions, and resolves once that is done. Without it, the context follows the links.
   */
  readonly manualConfirmation?: (unconfirmed: readonly Mail[]) => Promise<void>;
  readonly signal: AbortSignal;
}

const GLANCE = 100;

/** A sandbox with everything deployed, sessions in its accounts, and a narrator that prints what happens. */
export class ScenarioContext {
  /** All hops so far, the oldest first. */
  public readonly hops: HopEvent[] = [];
  public readonly sandbox: Sandbox;
  public readonly clock: SettableClock;
  public readonly speed: number;
  public readonly print: (line: string) => void;
  private readonly actors = new Set<string>();
  private readonly end: () => void;

  constructor(private readonly options: ScenarioContextOptions) {
    const { sandbox, clock, speed, print } = options;
    this.sandbox = sandbox;
    this.clock = clock;
    this.speed = speed;
    this.print = print;
    const names = new Map(sandbox.organization.accounts.map(({ id, name }) => [id, name]));
    const narration = new Narration(
      (session) => this.actors.has(session),
      (account) => names.get(account) ?? account,
    );
    this.end = sandbox.signalPath.onHop((hop) => {
      this.hops.push(hop);
      const line = narration.lineFor(hop);
      if (line !== undefined) print(line);
    });
  }

  public account(name: string): Account {
    return accountNamed(this.sandbox.organization, name);
  }

  /** Signs in an actor whose calls are part of the scenario. */
  public actor(account: Account, role: string, sessionName: string): Promise<ActorSession> {
    this.actors.add(sessionName);
    return signIn(this.sandbox, account, role, sessionName);
  }

  /** Follows the confirmation links in the mails to an account's subscribers and to the alert hub's. */
  public async confirmSubscriptions(account: Account): Promise<void> {
    const { alertHub } = this.sandbox.organization;
    const senders = [account, ...(alertHub === undefined ? [] : [this.account(alertHub.account)])];
    const unconfirmed = this.sandbox.mailbox
      .messages()
      .filter(
        ({ confirmLink, text }) => confirmLink !== undefined && senders.some(({ id }) => text.includes(`:${id}:`)),
      );
    if (this.options.manualConfirmation !== undefined) return this.options.manualConfirmation(unconfirmed);
    for (const { to, confirmLink = "" } of unconfirmed) {
      this.print(`  ${to} opens the mail "Subscription Confirmation" of ${account.name} and follows its link.`);
      const answer = await fetch(confirmLink, { signal: this.options.signal });
      if (!answer.ok) throw new Error(`the link for ${to} answered ${answer.status}: ${await answer.text()}`);
    }
  }

  /** Waits for the first hop from `since` on that satisfies the condition. Undefined: it did not arrive in time. */
  public async until<T extends HopEvent>(is: (hop: HopEvent) => hop is T, since = 0): Promise<T | undefined> {
    const last = Date.now() + patience(this.speed);
    let seen = since;
    while (Date.now() < last) {
      for (; seen < this.hops.length; seen++) {
        const hop = this.hops[seen];
        if (hop !== undefined && is(hop)) return hop;
      }
      await sleep(GLANCE, undefined, { signal: this.options.signal });
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
