import type { LeftOut } from "./left-out";

/** A report's data, as embedded in the page: plain and small. Times are milliseconds since 1970. */
export interface ReportData {
  readonly kind: "replay" | "tune";
  /** What happened, without the full stop. */
  readonly sentence: string;
  readonly totals: ReportTotals;
  /** What readers must know before they follow it, one sentence each without its full stop. */
  readonly remarks: readonly string[];
  /** The archive in which Athena counted the events. @default - the records were read */
  readonly archive?: ReportArchive;
  /** Start of the first slot, and the length of a slot. */
  readonly from: number;
  readonly slotSeconds: number;
  readonly slots: number;
  /** Names of the accounts with a detection that matched, and the number of all accounts. */
  readonly accounts: readonly string[];
  readonly accountCount: number;
  /** By severity, then by count. */
  readonly detections: readonly ReportDetection[];
  /** Those without details, because of the report's size, in the same order. */
  readonly further: readonly FurtherDetection[];
  /** Detections that are only in the totals. */
  readonly furtherLeftOut: number;
  /** What `further` refers to by number. */
  readonly kinds: readonly DetectionKind[];
  /**
   * When each detection raised alarms, those of `further` after those of `detections`: in minutes, each as the distance from
   * the previous one, and the first from `from`.
   */
  readonly alarmTimes: readonly (readonly number[])[];
  /** Alarms without a time, because of the report's size. */
  readonly alarmTimesLeftOut: number;
  /** Number of detections without matches. */
  readonly silent: number;
  readonly principals: readonly TopPrincipal[];
  readonly principalsLeftOut: number;
  /** Files and records that the report leaves out. */
  readonly notRead: readonly LeftOut[];
  /** Detections for which no threshold was tried, by reason. */
  readonly notTuned: readonly { readonly why: string; readonly detections: readonly string[] }[];
  /** A tuning's changes to files. */
  readonly changes: readonly AccountChange[];
  /** Number of further files to change, left out because of the report's size. */
  readonly changesLeftOut: number;
  /** Texts that alarms and records refer to by number, because most are repeated. */
  readonly texts: readonly string[];
}

/** Counted events have neither principals nor records: these are queried there. */
export interface ReportArchive {
  /** The Athena workgroup with the saved queries. */
  readonly workgroup: string;
}

export interface ReportTotals {
  readonly records: number;
  /** @default - unknown from counts */
  readonly duplicates?: number;
  readonly events: number;
  readonly alarms: number;
  readonly alarmsPerWeek: number;
  readonly messages: number;
  /** Alarms with the recommended settings and the chosen entries; in a replay, as many as now. */
  readonly alarmsThen: number;
}

/** A detection as one severity of it is shown. */
export interface DetectionKind {
  readonly detection: string;
  /** @default - the alarm's description has another format */
  readonly title?: string;
  readonly severity?: string;
}

/** Numbers of its kind and its account; events, alarms, and alarms with the recommended settings. */
export type FurtherDetection = readonly [
  kind: number,
  account: number,
  events: number,
  alarms: number,
  alarmsThen: number,
];

/** A detection of an account that matched, or whose alarm was raised. */
export interface ReportDetection {
  readonly account: string;
  readonly detection: string;
  /** From the alarm's description. @default - the description has another format */
  readonly title?: string;
  readonly meaning?: string;
  readonly severity?: string;
  readonly events: number;
  readonly alarms: number;
  /** @default - unknown, because no threshold can be tried */
  readonly alarmsPerWeek?: number;
  /** Messages to subscribers, in a replay. */
  readonly messages?: number;
  /** Days with records of the account. @default - unknown, as above */
  readonly days?: number;
  readonly isGuess?: boolean;
  readonly now?: { readonly threshold: number; readonly periodSeconds: number; readonly evaluationPeriods: number };
  /** The tuning's advice. */
  readonly advice?: Advice;
  /** The current period first, then the recommended one if it differs. Empty: no threshold can be tried. */
  readonly drawn: readonly ReportPeriod[];
  /** Curves of the other periods, threshold by threshold. */
  readonly otherCurves: readonly { readonly periodSeconds: number; readonly points: readonly Pair[] }[];
  /** Slots and their events. */
  readonly counts: readonly Pair[];
  readonly alarmList: readonly ReportAlarm[];
  readonly alarmsLeftOut: number;
  /** Numbers of texts, and events. */
  readonly principals: readonly Pair[];
  readonly principalsLeftOut: number;
  /** Parameters of the Athena query for who it was. @default - the records were read */
  readonly query?: ReportQuery;
}

export interface ReportQuery {
  /** @default - there is no saved query for it */
  readonly savedQuery?: string;
  /** Id of the account to query. @default - events of several accounts are counted */
  readonly account?: string;
}

export type Pair = readonly [number, number];

/** A period length, and the result of each threshold with it. */
export interface ReportPeriod {
  readonly periodSeconds: number;
  /** Slots, and the highest threshold that the alarm would have reached in them. */
  readonly levels: readonly Pair[];
  readonly points: readonly ReportPoint[];
  readonly knee?: number;
  /** The highest threshold that the labelled incidents allow. */
  readonly allowed?: number;
}

export interface ReportPoint {
  readonly threshold: number;
  readonly alarms: number;
  readonly alarmsPerWeek: number;
  readonly keeps: boolean;
  /** Share of the days with records on which it is in ALARM. */
  readonly inAlarm: number;
  /** Slots in which it raises an alarm, each as the distance from the previous one. */
  readonly raised: readonly number[];
}

export interface Advice {
  readonly verdict: string;
  readonly reason: string;
  readonly budgetPerWeek: number;
  readonly recommended?: { readonly threshold: number; readonly periodSeconds: number };
  readonly then: { readonly alarms: number; readonly alarmsPerWeek: number };
  /** Alarms that `then` no longer has, the latest first, and how many more there are. */
  readonly noLongerRaised: readonly ReportLostAlarm[];
  readonly noLongerRaisedLeftOut: number;
  /** What raising this threshold gives up, without its full stop. @default - nothing beyond that list */
  readonly caution?: string;
  /** A lower threshold with the same number of alarms. */
  readonly sharpest?: number;
  readonly offersAnomalyDetection: boolean;
  readonly incidents: readonly { readonly label: string; readonly now: boolean; readonly then: boolean }[];
  readonly noise: readonly ReportNoise[];
  readonly noiseLeftOut: number;
  /** When events occur. @default - at no particular hours or weekdays */
  readonly season?: Season;
}

/** Events by hour (UTC) and by weekday, from Monday on. */
export interface Season {
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly busyHours?: readonly [from: number, to: number];
  readonly isWeekly: boolean;
}

/** An ignore entry. */
export interface ReportNoise {
  readonly id: string;
  readonly field: string;
  readonly equals: string;
  readonly removes: number;
  readonly alarmsAfter: number;
  readonly hides: readonly string[];
  readonly isChosen: boolean;
  /** What to write below `ignore:`. */
  readonly yaml: string;
}

export interface ReportAlarm {
  readonly at: number;
  /** @default - unknown */
  readonly until?: number;
  readonly events: number;
  /** Numbers of texts. */
  readonly principals: readonly number[];
  readonly principalsLeftOut: number;
  readonly records: readonly ReportRecord[];
}

/** `partOf`: when the longer alarm is raised that is on meanwhile. @default - none is on */
export interface ReportLostAlarm extends Omit<ReportAlarm, "records"> {
  readonly partOf?: number;
}

/** Time; then numbers of texts: name, source, region, principal, address, error code, event id; -1: the record has none. */
export type ReportRecord = readonly number[];

export interface TopPrincipal {
  readonly principal: string;
  readonly events: number;
  readonly alarms: number;
  readonly detections: number;
  readonly accounts: number;
}

/** What to write into an account's file. */
export interface AccountChange {
  readonly account: string;
  readonly file: string;
  readonly yaml: string;
}
