import type { MatchGroup, WantedMatch } from "../matches/match-log";
import type { DeployedAlarm } from "../deployment/deployment";
import { alarmLevels, type AlarmWindow } from "./alarm-levels";
import { alarmOf, type TunedAlarm } from "./alarm-records";
import { alarmSpans, type AlarmSpan } from "./alarm-spans";
import { curvesOf, type Curve, type CurveOptions } from "./curve";
import { metricMinutes } from "./metric-minutes";
import type { ThresholdSetting } from "./recommend";

/** Alarms in the records, and their weekly rate. */
export interface AlarmCount {
  readonly alarms: number;
  readonly alarmsPerWeek: number;
}

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

/** A detection's alarms in the records, and how many there would be with other thresholds and periods. */
export interface MeasuredDetection {
  readonly account: string;
  readonly detection: string;
  /** Days with records of the account. */
  readonly days: number;
  /** Whether the history is too short for more than a guess. */
  readonly isGuess: boolean;
  readonly now: ThresholdSetting & AlarmCount & { readonly evaluationPeriods: number };
  readonly curves: readonly Curve[];
  readonly alarms: readonly TunedAlarm[];
}

/** With fewer days, a weekly rate is a guess. Less than a week counts as one week. */
const FEWEST_DAYS = 14;

/** Measures a detection without a budget or incidents to keep, as a report on a replay shows it. */
export function measureDetection(history: DetectionHistory): MeasuredDetection {
  const { groups, alarm } = history;
  const curves = curvesFrom(history, groups, { incidents: [], defaultThreshold: alarm.threshold });
  return measuredWith(history, { curves, spans: spansFrom(history, groups, settingOf(alarm)) });
}

/** `curves`: possibly without ignored events; `spans`: the alarms of the current setting. */
export function measuredWith(
  { account, detection, days, groups, alarm }: DetectionHistory,
  { curves, spans }: { readonly curves: readonly Curve[]; readonly spans: readonly AlarmSpan[] },
): MeasuredDetection {
  const setting = settingOf(alarm);
  const { threshold, periodSeconds, evaluationPeriods } = setting;
  return {
    ...{ account, detection, days, curves },
    isGuess: days < FEWEST_DAYS,
    now: { threshold, periodSeconds, evaluationPeriods, ...countedOver(days, spans.length) },
    alarms: spans.map((span) => alarmOf(groups, span, setting)),
  };
}

/** The current setting. */
export function settingOf(alarm: DeployedAlarm): ThresholdSetting & AlarmWindow {
  const { threshold, periodSeconds, evaluationPeriods, datapointsToAlarm } = alarm;
  return {
    threshold,
    periodSeconds,
    evaluationPeriods,
    ...(datapointsToAlarm === undefined ? {} : { datapointsToAlarm }),
  };
}

/** Curves of some of the history's matches. */
export function curvesFrom(
  { zeros, days, alarm }: DetectionHistory,
  groups: readonly MatchGroup[],
  options: Pick<CurveOptions, "incidents" | "defaultThreshold">,
): Curve[] {
  if (groups.length === 0) return [];
  return curvesOf(metricMinutes(groups, zeros), { ...options, now: settingOf(alarm), days });
}

/** When some of the history's matches put the alarm into ALARM, with another threshold and period. */
export function spansFrom(
  { zeros, alarm }: DetectionHistory,
  groups: readonly MatchGroup[],
  { threshold, periodSeconds }: ThresholdSetting,
): AlarmSpan[] {
  if (groups.length === 0) return [];
  return alarmSpans(alarmLevels(metricMinutes(groups, zeros), { ...settingOf(alarm), periodSeconds }), threshold);
}

/** Alarms per week over some days; less than a week counts as one week. */
export function perWeek(alarms: number, days: number): number {
  return alarms / weeksOf(days);
}

export function weeksOf(days: number): number {
  return Math.max(days, 7) / 7;
}

export function countedOver(days: number, alarms: number): AlarmCount {
  return { alarms, alarmsPerWeek: perWeek(alarms, days) };
}
