import type {
  DetectionHistory,
  DetectionReport,
  DetectionTuning,
  MeasuredDetection,
  ReplayReport,
  Untunable,
} from "../signals";

/** What a report is made from. */
export interface ReportSource {
  readonly kind: "replay" | "tune";
  /** Fields that counts cannot provide are omitted. */
  readonly totals: Pick<ReplayReport, "records"> & Partial<Omit<ReplayReport, "detections">>;
  readonly measured: readonly MeasuredSource[];
  /** For a replay: its detections, also those for which no threshold can be tried. */
  readonly replayed: readonly DetectionReport[];
  /** For a tuning: detections for which no threshold was tried. */
  readonly untunable: readonly Untunable[];
  /**
   * What readers must know before they follow the report, one sentence each without its full stop.
   *
   * @default - nothing
   */
  readonly remarks?: readonly string[];
  /** File of an account, by the account's name; not used by a replay. */
  readonly fileOf: (account: string) => string;
  /** Description of an alarm, by account and name of the alarm. @default - only those of `measured` are known */
  readonly descriptionOf?: (account: string, alarm: string) => string | undefined;
  /** The archive in which Athena counted the events. @default - the records were read */
  readonly archive?: ArchiveSource;
}

/** The queries for what counts cannot show. */
export interface ArchiveSource {
  /** The Athena workgroup with the saved queries. */
  readonly workgroup: string;
  /** Name of the saved query that shows who is behind a detection, by detection id. */
  readonly savedQueryOf: (detection: string) => string | undefined;
  /**
   * Id of the account whose events an account's detections count, by account name; undefined: those of several
   * accounts.
   */
  readonly countedAccountOf: (account: string) => string | undefined;
}

/** A detection, and the effect of thresholds on it. */
export interface MeasuredSource {
  readonly history: DetectionHistory;
  readonly measurement: MeasuredDetection;
  /** What a tuning advises. @default - a replay advises nothing */
  readonly tuning?: DetectionTuning;
  /** @default - as in the alarm's description */
  readonly severity?: string;
}
