import type { Curve } from "./curve";
import type { Distribution, Timeline } from "./distribution";
import type { EventOutline, TraitField } from "../matches/match-traits";
import type { NoiseKind } from "./noise";
import type { Recommended, Setting } from "./recommend";
import type { Seasons } from "./seasons";

/** What to do about a detection, in a word. */
export type Verdict =
  /** No record of the account, or none that matches: nothing can be said. */
  | "no-records"
  | "never-matched"
  /** In the budget as it is. */
  | "in-budget"
  /** `recommended` is in the budget. */
  | "change"
  /** No threshold and period will do: ignore who causes it, or take another kind of alarm. */
  | "no-static-threshold";

/** Alarms in the records, and what that is in a week. */
export interface AlarmCount {
  readonly alarms: number;
  readonly alarmsPerWeek: number;
}

/** A record that raised an alarm, as a report shows it. */
export interface AlarmRecord extends EventOutline {
  readonly principal: string;
  readonly sourceIPAddress?: string;
  readonly errorCode?: string;
}

/** A stretch in ALARM. Times are milliseconds since 1970. */
export interface TunedAlarm {
  readonly at: number;
  readonly until: number;
  readonly events: number;
  /** Ids of some of the records that raised it. */
  readonly eventIds: readonly string[];
  /** All who raised it, in the order in which they came. */
  readonly principals: readonly string[];
  /** Some of the records that raised it. */
  readonly records: readonly AlarmRecord[];
}

/** An entry for `ignore`, and what it would do. */
export interface NoiseEntry {
  /** What to choose it by: `<account>/<detection>/<digits>`, which stand for what it ignores. */
  readonly id: string;
  readonly kind: NoiseKind;
  readonly field: TraitField;
  readonly equals: string;
  readonly reason: string;
  /** Events that would no longer count. */
  readonly events: number;
  /** Alarms that the settings of now would give with it, and how many fewer that is. */
  readonly alarmsAfter: number;
  readonly removes: number;
  /** Labels of incidents that would raise no alarm any more: with any, the entry is refused. */
  readonly hides: readonly string[];
  readonly isChosen: boolean;
}

/** A label that this detection must keep. */
export interface KeptIncident {
  readonly label: string;
  /** Whether it raises the alarm as it is now, and with what is recommended and chosen. */
  readonly now: boolean;
  readonly then: boolean;
}

/** A detection of an account, and what thresholds would do. */
export interface DetectionTuning {
  readonly account: string;
  readonly detection: string;
  readonly verdict: Verdict;
  /** What is behind the verdict, for people. */
  readonly reason: string;
  /** Days with records of the account. */
  readonly days: number;
  /** Whether that is too little history for more than a guess. */
  readonly isGuess: boolean;
  readonly budgetPerWeek: number;
  readonly now: Setting & AlarmCount & { readonly evaluationPeriods: number };
  readonly recommended?: Recommended & AlarmCount;
  /** What will be with what is recommended and the entries that are chosen: a replay shows just that. */
  readonly then: AlarmCount;
  /** A lower threshold that gives no more alarms. */
  readonly sharpest?: number;
  readonly curves: readonly Curve[];
  readonly distributions: readonly Distribution[];
  readonly timeline: Timeline;
  readonly seasons: Seasons;
  readonly alarms: readonly TunedAlarm[];
  readonly noise: readonly NoiseEntry[];
  readonly incidents: readonly KeptIncident[];
  /** Whether an anomaly detection alarm by CloudWatch is worth a try. */
  readonly offersAnomalyDetection: boolean;
}
