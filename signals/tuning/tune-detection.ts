import type { DeployedAlarm } from "../deployment/deployment";
import { alarmLevels, type AlarmWindow } from "./alarm-levels";
import { alarmOf } from "./alarm-records";
import { alarmSpans, type AlarmSpan } from "./alarm-spans";
import { curvesOf, type Curve } from "./curve";
import { distributionOf, timelineOf } from "./distribution";
import { isRaised, type Incident, type Label } from "./labels";
import type { MatchGroup, WantedMatch } from "../matches/match-log";
import { metricMinutes } from "./metric-minutes";
import { isHidden, noiseEntries, withoutSources } from "./noise-entries";
import { reasonFor } from "./reason";
import { recommend, sharpest, type Recommended, type Setting } from "./recommend";
import { seasonsOf } from "./seasons";
import type { AlarmCount, DetectionTuning, NoiseEntry, Verdict } from "./tuning";

/** A detection's history. */
export interface DetectionHistory {
  readonly account: string;
  readonly detection: string;
  readonly alarm: DeployedAlarm;
  readonly groups: readonly MatchGroup[];
  /** Minutes since 1970 that have an additional zero; ascending. */
  readonly zeros: Int32Array;
  readonly wanted: readonly WantedMatch[];
  /** Days with records of the account. */
  readonly days: number;
}

/** The requested limits for a detection. */
export interface TuningWish {
  readonly budgetPerWeek: number;
  /** Whether the threshold may rise above 1 where it is 1 now. */
  readonly mayRaise: boolean;
  readonly mayIgnore: boolean;
  readonly defaultThreshold: number;
  readonly labels: readonly Label[];
  /** Ids of entries to ignore. */
  readonly chosen: ReadonlySet<string>;
}

const MINUTE = 60_000;
/** With fewer days, a weekly rate is a guess. Less than a week counts as one week. */
const FEWEST_DAYS = 14;

/** Tries the effect of thresholds, periods and entries to ignore. */
export function tuneDetection(history: DetectionHistory, wish: TuningWish): DetectionTuning {
  return new DetectionTuner(history, wish).tuning();
}

/** Alarms per week over some days; less than a week counts as one week. */
export function perWeek(alarms: number, days: number): number {
  return alarms / weeksOf(days);
}

function weeksOf(days: number): number {
  return Math.max(days, 7) / 7;
}

class DetectionTuner {
  private readonly now: Setting & AlarmWindow;
  private readonly spansNow: readonly AlarmSpan[];
  private readonly incidents: readonly Incident[];

  constructor(
    private readonly history: DetectionHistory,
    private readonly wish: TuningWish,
  ) {
    const { threshold, periodSeconds, evaluationPeriods, datapointsToAlarm } = history.alarm;
    const datapoints = datapointsToAlarm === undefined ? {} : { datapointsToAlarm };
    this.now = { threshold, periodSeconds, evaluationPeriods, ...datapoints };
    this.spansNow = this.spansOf(history.groups, this.now);
    this.incidents = this.incidentsToKeep();
  }

  tuning(): DetectionTuning {
    const { account, detection, days, groups } = this.history;
    const { budgetPerWeek } = this.wish;
    const noise = this.noise();
    const chosen = noise.filter(({ isChosen }) => isChosen);
    const counting = withoutSources(groups, chosen);
    const curves = this.curves(counting);
    const setting = this.recommended(curves);
    const then = setting ?? this.now;
    const spansThen = this.spansOf(counting, then);
    const alarmsNow = this.spansNow.length;
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
      isGuess: days < FEWEST_DAYS,
      budgetPerWeek,
      now: {
        threshold: this.now.threshold,
        periodSeconds: this.now.periodSeconds,
        evaluationPeriods: this.now.evaluationPeriods,
        ...this.counted(alarmsNow),
      },
      ...(setting === undefined ? {} : { recommended: { ...setting, ...this.counted(setting.alarms) } }),
      then: this.counted(spansThen.length),
      sharpest: lower,
      curves,
      distributions: curves.map(({ periodSeconds }) => distributionOf(groups, periodSeconds, days)),
      timeline: timelineOf(groups),
      seasons,
      alarms: this.spansNow.map((span) => alarmOf(groups, span, this.now)),
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

  private curves(groups: readonly MatchGroup[]): Curve[] {
    const { incidents, now } = this;
    return groups.length === 0
      ? []
      : curvesOf(metricMinutes(groups, this.history.zeros), {
          now,
          incidents,
          defaultThreshold: this.wish.defaultThreshold,
          days: this.history.days,
        });
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

  private verdictOf(spansThen: readonly AlarmSpan[], setting: Setting | undefined): Verdict {
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

  private spansOf(groups: readonly MatchGroup[], setting: Setting): AlarmSpan[] {
    if (groups.length === 0) return [];
    const metric = metricMinutes(groups, this.history.zeros);
    return alarmSpans(alarmLevels(metric, { ...this.now, periodSeconds: setting.periodSeconds }), setting.threshold);
  }

  private counted(alarms: number): AlarmCount {
    return { alarms, alarmsPerWeek: perWeek(alarms, this.history.days) };
  }
}
