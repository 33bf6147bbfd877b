import type { Distribution, EventTimeline } from "./distribution";
import type { TraitField } from "../matches/match-traits";
import type { AlarmCount, MeasuredDetection } from "./measured-detection";
import type { LostAlarm } from "./no-longer-raised";
import type { NoiseKind } from "./noise";
import type { Recommended } from "./recommend";
import type { Seasons } from "./seasons";

/** The verdict on a detection, in a word. */
export type TuningVerdict =
  /** No record of the account, or none that matches: there is no basis for a verdict. */
  | "no-records"
  | "never-matched"
  /** Within the budget with the current setting. */
  | "in-budget"
  /** `recommended` is within the budget. */
  | "change"
  /** No threshold and period is sufficient: ignore the cause, or use another kind of alarm. */
  | "no-static-threshold";

/** An entry for `ignore`, and its effect. */
export interface NoiseEntry {
  /** Its id for selection: `<account>/<detection>/<digits>`; the digits identify what it ignores. */
  readonly id: string;
  readonly kind: NoiseKind;
  readonly field: TraitField;
  readonly equals: string;
  readonly reason: string;
  /** Events that would no longer count. */
  readonly events: number;
  /** Alarms with the current settings and this entry, and the reduction. */
  readonly alarmsAfter: number;
  readonly removes: number;
  /** Labels of incidents that would no longer raise an alarm: if there are any, the entry is rejected. */
  readonly hides: readonly string[];
  readonly isChosen: boolean;
}

/** A label that this detection must keep. */
export interface KeptIncident {
  readonly label: string;
  /** Whether it raises the alarm with the current settings, and with those recommended and selected. */
  readonly now: boolean;
  readonly then: boolean;
}

/** A detection of an account, and the effect of thresholds. */
export interface DetectionTuning extends MeasuredDetection {
  readonly verdict: TuningVerdict;
  /** The reason for the verdict, for people. */
  readonly reason: string;
  readonly budgetPerWeek: number;
  readonly recommended?: Recommended & AlarmCount;
  /** The result with the recommended setting and the selected entries: a replay shows the same. */
  readonly then: AlarmCount;
  /** The alarms that are raised now, but not with the recommended setting and the selected entries; in order. */
  readonly noLongerRaised: readonly LostAlarm[];
  /**
   * A sentence without its full stop for a recommendation that raises a threshold of 1, or that of a detection verbatim
   * from a standard. @default - there is no such recommendation
   */
  readonly caution?: string;
  /** A lower threshold that raises no more alarms. */
  readonly sharpest?: number;
  readonly distributions: readonly Distribution[];
  readonly timeline: EventTimeline;
  readonly seasons: Seasons;
  readonly noise: readonly NoiseEntry[];
  readonly incidents: readonly KeptIncident[];
  /** Whether an anomaly detection alarm by CloudWatch is worth a try. */
  readonly offersAnomalyDetection: boolean;
}
