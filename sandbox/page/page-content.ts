import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HOPS, HOPS_WITH_HUB } from "../../lib/naming/hops";
import type { HopEvent } from "../signal-path/hop-event";
import { AlarmWatch } from "./alarm-watch";
import { EventStream } from "./event-stream";
import { explainOnPage } from "./explain";
import type { ExplainedHop } from "./page-options";
import { shownHops, type ShownHop } from "./hop-words";
import { type AlarmEntry, AlarmChronicle } from "./derived/alarm-chronicle";
import { type HopCount, HopHistory, type PageEvent, type Stop } from "./hop-history";
import { DeployedWatch, type Deployed } from "./deployed-watch";
import type { StepsView } from "./page-steps";
import type { PageAlarm, PageMail, PageOptions } from "./page-options";
import type { Runbooks } from "./runbooks";

/** Polling interval, in milliseconds, for what changes without a notification. */
const LOOK_AGAIN = 3000;

/** How long counts may be behind, in milliseconds: a burst of events sends them once. */
const TALLY_DELAY = 150;
/** Mails shown, the latest ones, besides requests for confirmation. */
const MOST_MAILS = 200;

/** A mail, and whether its link was followed. */
export interface ShownMail extends PageMail {
  /** Its place in the mailbox. */
  readonly id: number;
  readonly confirmed: boolean;
}

/** Totals so far, including events that are no longer kept. */
export interface Tally {
  readonly counts: Readonly<Record<string, HopCount>>;
  readonly stops: readonly Stop[];
}

/** Everything that a browser needs to start. */
export interface Snapshot extends Tally {
  /** Of this start of the sandbox: a page that finds another after a reconnect reloads. */
  readonly start: string;
  readonly steps?: StepsView;
  readonly hops: readonly ShownHop[];
  readonly accounts: PageOptions["accounts"];
  readonly events: readonly PageEvent[];
  /** Changes of alarms' states, the latest first. */
  readonly entries: readonly AlarmEntry[];
  readonly deployed: Deployed;
  readonly alarms: readonly PageAlarm[];
  readonly mails: readonly ShownMail[];
}

/** The content of the page. It sends changes to browsers. */
export class PageContent {
  private readonly history = new HopHistory();
  private readonly stream = new EventStream();
  private readonly alarms: AlarmWatch;
  private readonly ends: (() => void)[];
  private readonly start = randomUUID();
  private readonly chronicle: AlarmChronicle;
  private readonly deployed: DeployedWatch;
  private sentMails = "";
  private sentSteps = "";
  private tallying: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: PageOptions,
    runbooks: Pick<Runbooks, "pathOf">,
  ) {
    const { signalPath, mailbox, history = [] } = options;
    this.chronicle = new AlarmChronicle({
      accounts: options.accounts,
      names: options.names,
      alarms: () => this.alarms.alarms,
      mails: () => mailbox.messages(),
      runbookOf: (detection) => runbooks.pathOf(detection),
    });
    this.deployed = new DeployedWatch(
      options.deployed,
      (deployed) => {
        this.stream.send("deployed", deployed);
      },
      (problem) => {
        this.stream.send("problem", problem);
      },
    );
    this.alarms = new AlarmWatch(
      options.alarms,
      (alarms) => {
        this.stream.send("alarms", alarms);
      },
      (problem) => {
        this.stream.send("problem", problem);
      },
    );
    for (const event of history) this.remember(event);
    // Severities, and what was deployed, are needed before the first alarm and the first change.
    void this.alarms.refresh();
    void this.deployed.refresh();
    const looking = setInterval(() => {
      if (!this.stream.isWatched) return;
      void this.alarms.refresh();
      void this.deployed.refresh();
      this.sendMails();
      this.sendSteps();
    }, LOOK_AGAIN).unref();
    this.ends = [
      () => {
        clearInterval(looking);
      },
      signalPath.onHop((event) => {
        this.take(event);
      }),
      mailbox.onMail(() => {
        this.sendMails();
      }),
      options.steps?.onChange(() => {
        this.sendSteps();
      }) ?? (() => undefined),
    ];
  }

  /** Sends updates to a browser until it disconnects. */
  async watch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await Promise.all([this.alarms.refresh(), this.deployed.refresh()]);
    const snapshot: Snapshot = {
      start: this.start,
      steps: this.options.steps?.view(),
      hops: shownHops(this.options.hasAlertHub === true ? HOPS_WITH_HUB : HOPS),
      accounts: this.options.accounts,
      events: this.history.events,
      entries: this.chronicle.entries,
      deployed: this.deployed.shown,
      alarms: this.alarms.alarms,
      mails: this.mails(),
      ...this.tally(),
    };
    this.stream.add(request, response, snapshot);
  }

  /** Explains hop by hop what happened to an event. */
  async explain(eventId: string): Promise<readonly ExplainedHop[]> {
    return (await this.options.explain?.(eventId)) ?? explainOnPage(eventId, this.history.events, this.alarms.alarms);
  }

  /** Follows the link in a mail; the first mail is 0. Returns whether there is one. */
  confirm(mail: number): boolean {
    const link = this.options.mailbox.messages()[mail]?.confirmLink;
    const token = link === undefined ? undefined : new URL(link).searchParams.get("token");
    if (token === undefined || token === null) return false;
    if (this.options.mailbox.confirmToken(token) === undefined) return false;
    this.sendMails();
    return true;
  }

  close(): void {
    for (const end of this.ends) end();
    this.deployed.close();
    clearTimeout(this.tallying);
    this.stream.close();
  }

  private take(event: HopEvent): void {
    const { known, entry } = this.remember(event);
    this.stream.send("hop", known);
    if (entry !== undefined) this.stream.send("entry", entry);
    this.tallying ??= setTimeout(() => {
      this.tallying = undefined;
      this.stream.send("tally", this.tally());
      this.sendSteps();
    }, TALLY_DELAY).unref();
    if (event.hop === "alarm") void this.alarms.refresh();
  }

  private remember(event: HopEvent): { readonly known: PageEvent; readonly entry: AlarmEntry | undefined } {
    const kind = event.hop === "API call" ? this.deployed.see(event) : undefined;
    const known = kind === undefined ? event : { ...event, kind };
    this.history.add(known);
    return { known, entry: this.chronicle.add(event) };
  }

  private sendMails(): void {
    const mails = this.mails();
    const key = JSON.stringify(mails.map(({ id, confirmed }) => [id, confirmed]));
    if (key === this.sentMails) return;
    this.sentMails = key;
    this.stream.send("mails", mails);
    this.sendSteps();
  }

  private sendSteps(): void {
    const steps = this.options.steps?.view();
    const text = JSON.stringify(steps);
    if (steps === undefined || text === this.sentSteps) return;
    this.sentSteps = text;
    this.stream.send("steps", steps);
  }

  private mails(): readonly ShownMail[] {
    const { mailbox } = this.options;
    const all = mailbox.messages().map((mail, id) => ({ ...mail, id }));
    const shown = all.filter(({ id, confirmLink }) => confirmLink !== undefined || id >= all.length - MOST_MAILS);
    return shown.map((mail) => ({ ...mail, confirmed: mailbox.isConfirmed(mail) }));
  }

  private tally(): Tally {
    return { counts: this.history.counts, stops: this.history.stops };
  }
}
