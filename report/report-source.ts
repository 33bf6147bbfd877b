import type { DetectionHistory, DetectionReport, DetectionTuning, ReplayReport, Untunable } from "../signals";

/** What a report is made from. */
export interface ReportSource {
  readonly kind: "replay" | "tune";
  readonly totals: Omit<ReplayReport, "detections">;
  readonly tuned: readonly TunedSource[];
  /** Of a replay: detections as it tells of them, also those that no threshold can be tried for. */
  readonly replayed: readonly DetectionReport[];
  /** Of a tuning: detections that no threshold was tried for. */
  readonly untunable: readonly Untunable[];
  /** What whoever follows the report must know ahead, a sentence each without its full stop. @default - nothing */
  readonly remarks?: readonly string[];
  /** File of an account, by its name; a replay has no need of it. */
  readonly fileOf: (account: string) => string;
}

/** A detection, and what thresholds would do. */
export interface TunedSource {
  readonly history: DetectionHistory;
  readonly tuning: DetectionTuning;
  /** @default - as the alarm's description says */
  readonly severity?: string;
}
