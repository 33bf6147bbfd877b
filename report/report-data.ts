import type { LeftOut } from "./left-out";

/** What a report shows, as it is embedded in the page: plain data, small. Times are milliseconds since 1970. */
export interface ReportData {
  readonly kind: "replay" | "tune";
  readonly totals: ReportTotals;
  /** What whoever follows it must know ahead, a sentence each without its full stop. */
  readonly remarks: readonly string[];
  /** Where Athena counted the events. @default - they were read */
  readonly archive?: ReportArchive;
  /** Time is drawn in slots of this length from here on. */
  readonly from: number;
  readonly slotSeconds: number;
  readonly slots: number;
  /** Names of the accounts that have a detection that matched. */
  readonly accounts: readonly string[];
  readonly detections: readonly ReportDetection[];
  /** Detections that nothing matched. */
  readonly silent: number;
  readonly principals: readonly TopPrincipal[];
  readonly principalsLeftOut: number;
  /** Files and records that the report says nothing about. */
  readonly notRead: readonly LeftOut[];
  /** Detections that no threshold was tried for, by the reason. */
  readonly notTuned: readonly { readonly why: string; readonly detections: readonly string[] }[];
  /** What to write where, of a tuning. */
  readonly changes: readonly AccountChange[];
  /** Texts that alarms and records name by their number, as most come again and again. */
  readonly texts: readonly string[];
}

/** Of events that were counted it is not known who it was, nor which they were: that is asked there. */
export interface ReportArchive {
  /** Athena's workgroup, which has the saved queries. */
  readonly workgroup: string;
}

export interface ReportTotals {
  readonly records: number;
  /** @default - counts do not tell */
  readonly duplicates?: number;
}

/** A detection of an account that matched, or whose alarm went off. */
export interface ReportDetection {
  readonly account: string;
  readonly detection: string;
  /** From the alarm's description. @default - it is not written as ours are */
  readonly title?: string;
  readonly meaning?: string;
  readonly severity?: string;
  readonly events: number;
  readonly alarms: number;
  /** @default - not known, as no threshold can be tried */
  readonly alarmsPerWeek?: number;
  /** Messages to subscribers, of a replay. */
  readonly messages?: number;
  /** Days with records of the account. @default - not known, as above */
  readonly days?: number;
  readonly isGuess?: boolean;
  readonly now?: { readonly threshold: number; readonly periodSeconds: number; readonly evaluationPeriods: number };
  /** What a tuning says. */
  readonly advice?: Advice;
  /** With the period of now first, then the recommended one if that is another. None: no threshold can be tried. */
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
  /** What to ask Athena for who it was. @default - the events were read */
  readonly ask?: ReportQuestion;
}

export interface ReportQuestion {
  /** @default - no query is saved for it */
  readonly savedQuery?: string;
  /** Id of the account to ask for. @default - events of several are counted */
  readonly account?: string;
}

export type Pair = readonly [number, number];

/** A length of period, and what each threshold gives with it. */
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
  /** Share of the days with records that it is in ALARM. */
  readonly inAlarm: number;
  /** Slots in which it raises an alarm: each as the distance from the one before. */
  readonly raised: readonly number[];
}

export interface Advice {
  readonly verdict: string;
  readonly reason: string;
  readonly budgetPerWeek: number;
  readonly recommended?: { readonly threshold: number; readonly periodSeconds: number };
  readonly then: { readonly alarms: number; readonly alarmsPerWeek: number };
  /** A lower threshold that gives no more alarms. */
  readonly sharpest?: number;
  readonly offersAnomalyDetection: boolean;
  readonly incidents: readonly { readonly label: string; readonly now: boolean; readonly then: boolean }[];
  readonly noise: readonly ReportNoise[];
  readonly noiseLeftOut: number;
  /** When events come. @default - at no hours or weekdays in particular */
  readonly season?: Season;
}

/** Events by hour (UTC) and by weekday, from Monday on. */
export interface Season {
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly busyHours?: readonly [from: number, to: number];
  readonly isWeekly: boolean;
}

/** An entry to ignore. */
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
  /** @default - not known */
  readonly until?: number;
  readonly events: number;
  /** Numbers of texts. */
  readonly principals: readonly number[];
  readonly principalsLeftOut: number;
  readonly records: readonly ReportRecord[];
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
