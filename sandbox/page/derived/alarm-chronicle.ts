import type { NamesSettings } from "../../../lib/naming/own-resources";
import { ownNames } from "../../../lib/naming/own-names";
import { headlineOf } from "../../../lib/naming/alarm-description";
import type { Severity } from "../../../lib/naming/severity";
import { HISTORY_DAYS } from "../../signal-path/alarm-history";
import type { AlarmHop, HopEvent, MessageText, SubscriberHop } from "../../signal-path/hop-event";
import type { PageAlarm, PageMail } from "../page-options";
import { stopReason } from "../stop-reason";
import { CountedRecords } from "./counted-records";

/** A subscriber of a message, and whether it received it. */
export interface Receiver {
  readonly endpoint: string;
  readonly protocol: string;
  readonly delivered: boolean;
  readonly reason: string;
  /** The mail's place in the mailbox. */
  readonly mail?: number;
}

/** A change of an alarm's state, with what led to it and what followed. */
export interface AlarmEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly account: string;
  readonly region: string;
  readonly alarm: string;
  readonly detection: string;
  /** Absent for an alarm whose description names none. */
  readonly severity?: Severity;
  readonly title?: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Path of its runbook on this page's server. */
  readonly runbook?: string;
  /** Ids of the events that the alarm counted, the first first. */
  readonly records: readonly string[];
  /** As the mail has it: of the alert hub, where there is one. */
  readonly message?: MessageText;
  readonly receivers: readonly Receiver[];
  /** Why a message was not sent. */
  readonly problems: readonly string[];
}

/** What the chronicle knows besides the events. */
export interface ChronicleSources {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly alarms: () => readonly PageAlarm[];
  readonly mails: () => readonly PageMail[];
  /**
   * What the names of alarms derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  /** Path of the runbook of a detection; undefined: there is none. */
  readonly runbookOf: (detection: string) => string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;
/** Entries kept, so that a page opens quickly. */
const MOST_ENTRIES = 1000;
const FOOTER = /\n+--\nIf you wish to stop receiving notifications from this topic,[\s\S]*$/;

/** All changes of alarms' states of the last days, as CloudWatch keeps them. */
export class AlarmChronicle {
  private kept: AlarmEntry[] = [];
  private readonly counted = new CountedRecords();

  constructor(private readonly sources: ChronicleSources) {}

  /** The latest first. */
  get entries(): readonly AlarmEntry[] {
    return this.kept;
  }

  /** Returns the entry that the event adds or completes. */
  add(event: HopEvent): AlarmEntry | undefined {
    this.counted.add(event);
    if (event.hop === "alarm") return this.begin(event);
    const alarm = "alarm" in event ? event.alarm : undefined;
    const own = this.kept.filter((each) => alarm === undefined || each.alarm === alarm);
    // What follows a change has its time.
    const entry = own.find(({ at }) => at === event.at) ?? (alarm === undefined ? undefined : own[0]);
    return entry && this.complete(entry, event);
  }

  private begin({ account, region, alarm, metricName, from, to, reason, at, ...event }: AlarmHop): AlarmEntry {
    const known = this.sources
      .alarms()
      .find((each) => each.account === account && each.region === region && each.name === alarm);
    const { severity, title } = headlineOf(known?.description) ?? {};
    const accountName = this.sources.accounts.find(({ id }) => id === account)?.name ?? account;
    const detection = ownNames(this.sources.names).detectionOfAlarm(accountName, alarm) ?? metricName;
    const stop = stopReason({ ...event, account, region, alarm, metricName, from, to, reason, at });
    const metric = { account, region, metricName, namespace: known?.namespace };
    const entry: AlarmEntry = {
      id: [account, region, alarm, at, to].join("/"),
      ...{ at, account, region, alarm, detection, severity, title, from, to, reason },
      runbook: this.sources.runbookOf(detection),
      records: to === "ALARM" ? this.counted.of(metric, at, known) : [],
      receivers: [],
      problems: stop === undefined ? [] : [stop],
    };
    const begin = at - HISTORY_DAYS * DAY;
    this.kept = [entry, ...this.kept.filter((each) => each.at >= begin)].slice(0, MOST_ENTRIES);
    return entry;
  }

  private complete(entry: AlarmEntry, event: HopEvent): AlarmEntry | undefined {
    if (event.hop === "subscriber") return this.replace(entry, this.received(entry, event));
    if (event.hop !== "topic" && event.hop !== "forwarding" && event.hop !== "alert hub") return undefined;
    const problem = stopReason(event);
    if (problem !== undefined) return this.replace(entry, { problems: [...entry.problems, problem] });
    if (event.hop !== "topic") return undefined;
    // The alert hub's message has details that CloudWatch's has not.
    const message = event.by === "alert hub" || entry.message === undefined ? event.message : entry.message;
    return this.replace(entry, { message: message ?? entry.message });
  }

  private received(entry: AlarmEntry, event: SubscriberHop): Partial<AlarmEntry> {
    const { endpoint, protocol, delivered, reason, subject } = event;
    const mails = this.sources.mails();
    const isMail = (mail: PageMail): boolean => mail.to === endpoint && mail.subject === subject;
    const mail = delivered && protocol === "email" ? mails.findLastIndex(isMail) : -1;
    const text = mails[mail]?.text.replace(FOOTER, "");
    return {
      receivers: [...entry.receivers, { endpoint, protocol, delivered, reason, ...(mail < 0 ? {} : { mail }) }],
      message: entry.message ?? (text === undefined ? undefined : { subject, text }),
    };
  }

  private replace(entry: AlarmEntry, change: Partial<AlarmEntry>): AlarmEntry {
    const changed = { ...entry, ...change };
    this.kept = this.kept.map((each) => (each === entry ? changed : each));
    return changed;
  }
}
