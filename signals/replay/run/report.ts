import type { Severity } from "../../../lib/naming/severity";
import type { AlarmState } from "../../alarms/evaluate-alarm";
import type { SkippedFile } from "../../records/skipped-names";

/** The result of a replay. Times are milliseconds since 1970. */
export interface ReplayReport {
  /** Records read, duplicates included. */
  readonly records: number;
  /** How many of them are duplicate deliveries. */
  readonly duplicates: number;
  /** Records outside of the requested time; not evaluated. */
  readonly outOfTime: number;
  /** Records of accounts that are not the organization's, by account id; not evaluated. */
  readonly unknownAccounts: Readonly<Record<string, number>>;
  /** Files that were not read, or not completely. */
  readonly unreadable: readonly UnreadableFile[];
  /** Files and folders that were skipped because of their name. */
  readonly skipped: readonly SkippedFile[];
  /** The detections that matched or alarmed, by account. */
  readonly detections: readonly DetectionReport[];
}

export interface UnreadableFile {
  readonly file: string;
  readonly reason: string;
}

export interface DetectionReport {
  readonly account: string;
  readonly detection: string;
  readonly matched: number;
  /** Each change to ALARM. */
  readonly alarms: readonly RaisedAlarm[];
  /** One for each subscriber of each topic that an alarm's change of state reaches. */
  readonly notifications: readonly SentNotification[];
  readonly first?: number;
  readonly last?: number;
  /** As the alarm's description says. @default - it does not say */
  readonly severity?: Severity;
  /** The most frequent ones. */
  readonly principals: readonly { readonly principal: string; readonly count: number }[];
  /** Who called what, most frequent first: at most 1,000 of them. @default - unknown */
  readonly callers?: readonly Caller[];
}

/** Records of a principal and a call, such as `GetSecretValue`. */
export interface Caller {
  readonly principal: string;
  readonly call: string;
  readonly count: number;
}

export interface RaisedAlarm {
  readonly alarm: string;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly at: number;
}

export interface SentNotification {
  readonly at: number;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
}
