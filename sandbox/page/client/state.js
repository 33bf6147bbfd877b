/**
 * @import { HopEvent } from "../../signal-path/hop-event"
 * @import { AlarmEntry } from "../derived/alarm-chronicle"
 * @import { RecordKind } from "../derived/record-kind"
 * @import { Deployed } from "../deployed-watch"
 * @import { HopCount, PageEvent, Stop } from "../hop-history"
 * @import { ShownHop } from "../hop-words"
 * @import { ShownMail, Snapshot, Tally } from "../page-content"
 * @import { PageAlarm } from "../page-options"
 * @import { StepsView } from "../page-steps"
 */

/**
 * A record and how far it got.
 *
 * @typedef {object} Entry
 * @property {Extract<HopEvent, { hop: "API call" }>} call
 * @property {string} text all of the record, in lower case, to search in
 * @property {Set<string>} detections metrics that it counts for
 * @property {RecordKind} kind
 * @property {string} outcome `waiting`, `stopped` (by every feed so far), `logged` or `matched`
 */

/**
 * Values of a metric.
 *
 * @typedef {{ account: string, region: string, namespace: string, metricName: string, values: { at: number, value: number }[] }} Series
 */

const MOST_RECORDS = 1000;
const MOST_VALUES = 1000;
const MOST_ENTRIES = 1000;

/** The state of the page. */
export class PageState {
  /** @type {readonly ShownHop[]} */ hops = [];
  /** @type {Map<string, string>} names of accounts by id */ accounts = new Map();
  /** @type {Readonly<Record<string, HopCount>>} */ counts = {};
  /** @type {readonly Stop[]} */ stops = [];
  /** @type {readonly PageAlarm[]} */ alarms = [];
  /** @type {readonly ShownMail[]} */ mails = [];
  /** @type {Map<string, Entry>} by event id, the oldest first */ records = new Map();
  /** @type {Record<RecordKind, number>} records that were dropped */ forgotten = { watched: 0, own: 0, other: 0 };
  /** @type {Map<string, Series>} */ series = new Map();
  /** @type {Map<string, HopEvent>} the latest event of each hop */ latest = new Map();
  /** @type {string | undefined} id of the latest event that a detection matched */ signal;
  /** @type {Map<string, AlarmEntry>} changes of alarms' states by their ids */ entries = new Map();
  /** @type {Deployed} */ deployed = { resources: [], blind: [] };
  /** The latest time in the sandbox, whose clock can be ahead of the browser's. */ lastTime = 0;

  /** @type {StepsView | undefined} what the first screen offers */ steps;

  /** @param {Snapshot} snapshot */
  constructor(snapshot) {
    /** Of this start of the sandbox. */
    this.start = snapshot.start;
    this.steps = snapshot.steps;
    this.hops = snapshot.hops;
    this.accounts = new Map(snapshot.accounts.map(({ id, name }) => [id, name]));
    this.alarms = snapshot.alarms;
    this.mails = snapshot.mails;
    this.deployed = snapshot.deployed;
    for (const entry of [...snapshot.entries].reverse()) this.enter(entry);
    this.tally(snapshot);
    for (const event of snapshot.events) this.add(event);
  }

  /** @param {Tally} tally */
  tally({ counts, stops }) {
    this.counts = counts;
    this.stops = stops;
  }

  /** The sandbox's time, in milliseconds since 1970. */
  now() {
    return Math.max(Date.now(), this.lastTime);
  }

  /** Adds a change of an alarm's state, or what followed one. @param {AlarmEntry} entry */
  enter(entry) {
    this.entries.set(entry.id, entry);
    forgetFirst(this.entries, MOST_ENTRIES);
  }

  /** Changes of alarms' states, the latest first. */
  history() {
    return [...this.entries.values()].sort((one, other) => other.at - one.at);
  }

  /** The entries of alarms that are in ALARM, the latest first: an alarm that was deleted is in no state. */
  incidents() {
    const seen = new Set();
    return this.history().filter(({ account, region, alarm, to }) => {
      const key = [account, region, alarm].join("\n");
      const isLatest = !seen.has(key);
      seen.add(key);
      const isDeployed = this.alarms.some(
        (each) => each.account === account && each.region === region && each.name === alarm,
      );
      return isLatest && isDeployed && to === "ALARM";
    });
  }

  /** @param {PageEvent} event */
  add(event) {
    this.lastTime = Math.max(this.lastTime, event.at);
    if (isNews(event)) this.latest.set(event.hop, event);
    if (event.hop === "API call") {
      const text = `${event.summary} ${this.nameOf(event.account)} ${JSON.stringify(event.record)}`.toLowerCase();
      const kind = event.kind ?? "other";
      this.records.set(event.eventId, { call: event, text, detections: new Set(), kind, outcome: "waiting" });
      this.forgetRecord();
    }
    if (event.hop === "metric") this.addValue(event);
    if ("eventId" in event) this.follow(event);
  }

  /** @param {string} id of an account */
  nameOf(id) {
    return this.accounts.get(id) ?? id;
  }

  /**
   * The state of an alarm on a metric in an account, if there is one.
   *
   * @param {{ account: string, region: string, metricName: string }} metric
   */
  alarmOn({ account, region, metricName }) {
    return this.alarms.find(
      (alarm) => alarm.account === account && alarm.region === region && alarm.metricName === metricName,
    );
  }

  /** Mails whose link was not followed yet. */
  unconfirmed() {
    return this.mails.filter((mail) => mail.confirmLink !== undefined && !mail.confirmed);
  }

  /** Drops the oldest record, of those that no detection watches for where there is one. */
  forgetRecord() {
    if (this.records.size <= MOST_RECORDS) return;
    const entries = [...this.records];
    const [id, entry] = entries.find(([, { kind }]) => kind !== "watched") ?? entries[0] ?? [];
    if (id === undefined || entry === undefined) return;
    this.records.delete(id);
    this.forgotten[entry.kind] += 1;
  }

  /** @param {Extract<HopEvent, { eventId: string }>} event */
  follow(event) {
    const entry = this.records.get(event.eventId);
    if (entry === undefined) return;
    if (event.hop === "feed" && !event.passes && entry.outcome === "waiting") entry.outcome = "stopped";
    if (event.hop === "log group" && entry.outcome !== "matched") entry.outcome = "logged";
    if (event.hop === "metric filter") {
      entry.outcome = "matched";
      entry.kind = "watched";
      entry.detections.add(event.metricName);
      this.signal = event.eventId;
    }
  }

  /** @param {Extract<HopEvent, { hop: "metric" }>} event */
  addValue({ account, region, namespace, metricName, at, value }) {
    const key = [account, region, namespace, metricName].join("\n");
    const series = this.series.get(key) ?? { account, region, namespace, metricName, values: [] };
    this.series.set(key, series);
    series.values.push({ at, value });
    if (series.values.length > MOST_VALUES) series.values.shift();
  }
}

/** Excludes the first state change of a new alarm. @param {HopEvent} event */
export function isNews(event) {
  return event.hop !== "alarm" || event.to === "ALARM" || event.from === "ALARM";
}

/** The topic that a mail names. @param {string} text */
export function topicIn(text) {
  return /arn:aws[\w-]*:sns:[\w-]*:\d*:[\w.-]+/.exec(text)?.[0] ?? "";
}

/**
 * @template K, V
 * @param {Map<K, V>} map
 * @param {number} most
 */
function forgetFirst(map, most) {
  const [first] = map.keys();
  if (map.size > most && first !== undefined) map.delete(first);
}
