import type { MatchGroup } from "../matches/match-log";
import type { AlarmWindow } from "./alarm-levels";
import type { AlarmSpan } from "./alarm-spans";
import type { Curve } from "./curve";
import { distributionOf, timelineOf } from "./distribution";
import { isRaised, type Incident, type Label } from "./labels";
import {
  countedOver,
  curvesFrom,
  measuredWith,
  perWeek,
  settingOf,
  spansFrom,
  weeksOf,
  type AlarmCount,
  type DetectionHistory,
} from "./measured-detection";
import { noLongerRaised } from "./no-longer-raised";
import { isHidden, noiseEntries, withoutSources } from "./noise-entries";
import { cautionFor, reasonFor } from "./reason";
import { recommend, sharpest, type Recommended, type ThresholdSetting } from "./recommend";
import { seasonsOf } from "./seasons";
import type { DetectionTuning, NoiseEntry, TuningVerdict } from "./tuning";

/** The requested limits for a detection. */
export interface TuningWish {
  readonly budgetPerWeek: number;
  /** Whether the threshold may rise above 1 where it is 1 now. */
  readonly mayRaise: boolean;
  /** Whether the detection is verbatim from a standard, as those of pack `cis`. @default false */
  readonly isVerbatim?: boolean;
  readonly mayIgnore: boolean;
  readonly defaultThreshold: number;
  readonly labels: readonly Label[];
  /** Ids of entries to ignore. */
  readonly chosen: ReadonlySet<string>;
}

const MINUTE = 60_000;

/** Tries the effect of thresholds, periods and entries to ignore. */
export function tuneDetection(history: DetectionHistory, wish: TuningWish): DetectionTuning {
  return new DetectionTuner(history, wish).tuning();
}

class DetectionTuner {
  private readonly now: ThresholdSetting & AlarmWindow;
  private readonly spansNow: readonly AlarmSpan[];
  private readonly incidents: readonly Incident[];

  constructor(
    private readonly history: DetectionHistory,
    private readonly wish: TuningWish,
  ) {
    this.now = settingOf(history.alarm);
    this.spansNow = this.spansOf(history.groups, this.now);
    this.incidents = this.incidentsToKeep();
  }

  tuning(): DetectionTuning {
    const { days, groups } = this.history;
    const { budgetPerWeek, defaultThreshold } = this.wish;
    const noise = this.noise();
    const chosen = noise.filter(({ isChosen }) => isChosen);
    const counting = withoutSources(groups, chosen);
    const curves = curvesFrom(this.history, counting, { incidents: this.incidents, defaultThreshold });
    const { account, detection, isGuess, now, alarms } = measuredWith(this.history, { curves, spans: this.spansNow });
    const setting = this.recommended(curves);
    const then = setting ?? this.now;
    const spansThen = this.spansOf(counting, then);
    const verdict = this.verdictOf(spansThen, setting);
    const seasons = seasonsOf(groups);
    const lower = verdict === "in-budget" ? sharpest(curves, this.now) : undefined;
    return {
      account,
      detection,
      verdict,
      reason: reasonFor(verdict, {
        mayRaise: this.wish.mayRaise,
        own: curves.find(({ periodSeconds }) => periodSeconds === this.now.periodSeconds),
      }),
      days,
      isGuess,
      budgetPerWeek,
      now,
      recommended: setting && { ...setting, ...this.counted(setting.alarms) },
      then: this.counted(spansThen.length),
      noLongerRaised:
        setting === undefined && chosen.length === 0
          ? []
          : noLongerRaised(alarms, spansThen, (then.periodSeconds / 60) * this.now.evaluationPeriods),
      caution: cautionFor(this.now, setting, this.wish.isVerbatim === true),
      sharpest: lower,
      curves,
      distributions: curves.map(({ periodSeconds }) => distributionOf(groups, periodSeconds, days)),
      timeline: timelineOf(groups),
      seasons,
      alarms,
      noise,
      incidents: this.incidents.map((incident) => ({
        label: incident.label.text,
        now: this.holds(incident, this.spansNow, this.now),
        then: !isHidden(incident, chosen) && this.holds(incident, spansThen, { ...this.now, ...then }),
      })),
      offersAnomalyDetection:
        this.wish.mayRaise &&
        (verdict === "no-static-threshold" || (verdict === "change" && seasons.busyHours !== undefined)),
    };
  }

  private recommended(curves: readonly Curve[]): Recommended | undefined {
    const { mayRaise } = this.wish;
    const mostAlarms = Math.floor(this.wish.budgetPerWeek * weeksOf(this.history.days) + 1e-9);
    const asItIs = curves
      .find(({ periodSeconds }) => periodSeconds === this.now.periodSeconds)
      ?.points.find(({ threshold }) => threshold === this.now.threshold);
    // An explicit label may require more than the current threshold detects.
    if (asItIs === undefined || (asItIs.alarms <= mostAlarms && asItIs.keeps)) return undefined;
    const lowest = asItIs.keeps ? this.now.threshold : 1;
    const found = recommend(curves, { now: { ...this.now, threshold: lowest }, mostAlarms, mayRaise });
    return found;
  }

  private verdictOf(spansThen: readonly AlarmSpan[], setting: ThresholdSetting | undefined): TuningVerdict {
    if (this.history.days === 0) return "no-records";
    if (this.history.groups.length === 0) return "never-matched";
    if (setting !== undefined) return "change";
    const isInBudget = perWeek(spansThen.length, this.history.days) <= this.wish.budgetPerWeek + 1e-9;
    return isInBudget ? "in-budget" : "no-static-threshold";
  }

  private noise(): NoiseEntry[] {
    if (!this.wish.mayIgnore || this.spansNow.length === 0) return [];
    return noiseEntries({
      ...this.history,
      incidents: this.incidents,
      chosen: this.wish.chosen,
      alarmsNow: this.spansNow.length,
      spansOf: (groups) => this.spansOf(groups, this.now),
      isRaised: (incident, spans) => this.holds(incident, spans, this.now),
    });
  }

  private incidentsToKeep(): Incident[] {
    const { account, detection, wanted } = this.history;
    return this.wish.labels.flatMap((label) => {
      const { alarm, eventId, time } = label;
      if (alarm !== undefined && (alarm.account !== account || alarm.detection !== detection)) return [];
      const incidents: Incident[] =
        time === undefined
          ? wanted
              .filter((match) => match.eventId === eventId)
              .slice(0, 1)
              .map(({ minute, values }) => ({ label, minute, values }))
          : [{ label, minute: Math.floor(time / MINUTE) }];
      return incidents.filter((incident) => alarm !== undefined || this.holds(incident, this.spansNow, this.now));
    });
  }

  private holds(incident: Incident, spans: readonly AlarmSpan[], window: AlarmWindow): boolean {
    return isRaised(incident, spans, window, this.now.periodSeconds / 60);
  }

  private spansOf(groups: readonly MatchGroup[], setting: ThresholdSetting): AlarmSpan[] {
    return spansFrom(this.history, groups, setting);
  }

  private counted(alarms: number): AlarmCount {
    return countedOver(this.history.days, alarms);
  }
}
