import type { DetectionHistory, DetectionReport, DetectionTuning, ReplayReport, Untunable } from "../signals";

/** What a report is made from. */
export interface ReportSource {
  readonly kind: "replay" | "tune";
  /** Left out is what counts do not tell. */
  readonly totals: Pick<ReplayReport, "records"> & Partial<Omit<ReplayReport, "detections">>;
  readonly tuned: readonly TunedSource[];
  /** Of a replay: detections as it tells of them, also those that no threshold can be tried for. */
  readonly replayed: readonly DetectionReport[];
  /** Of a tuning: detections that no threshold was tried for. */
  readonly untunable: readonly Untunable[];
  /** What whoever follows the report must know ahead, a sentence each without its full stop. @default - nothing */
  readonly remarks?: readonly string[];
  /** File of an account, by its name; a replay has no need of it. */
  readonly fileOf: (account: string) => string;
  /** Where Athena counted the events. @default - they were read */
  readonly archive?: ArchiveSource;
}

/** What to ask where counts do not tell. */
export interface ArchiveSource {
  /** Athena's workgroup, which has the saved queries. */
  readonly workgroup: string;
  /** Name of the saved query that shows who is behind a detection, by its id. */
  readonly savedQueryOf: (detection: string) => string | undefined;
  /** Id of the account whose events an account's detections count, by its name; undefined: those of several. */
  readonly countedAccountOf: (account: string) => string | undefined;
}

/** A detection, and what thresholds would do. */
export interface TunedSource {
  readonly history: DetectionHistory;
  readonly tuning: DetectionTuning;
  /** @default - as the alarm's description says */
  readonly severity?: string;
}
