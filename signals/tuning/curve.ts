import { alarmLevels, type AlarmLevels, type AlarmWindow } from "./alarm-levels";
import { alarmSpans, type AlarmSpan } from "./alarm-spans";
import { candidatePeriods, candidateThresholds } from "./candidates";
import type { Incident } from "./labels";
import { isRaised } from "./labels";
import type { MetricMinutes } from "./metric-minutes";

/** A threshold, the alarms that it raises, and whether every labelled incident still raises one. */
export interface TriedThreshold extends CurvePoint {
  readonly keeps: boolean;
  /**
   * The share of the days with records that the alarm is in ALARM. It sends no notification for events in that time.
   */
  readonly inAlarm: number;
}

/** The results of thresholds for one period length. */
export interface Curve {
  readonly periodSeconds: number;
  readonly points: readonly TriedThreshold[];
  /** @default - the curve has no knee */
  readonly knee?: number;
  /** The highest threshold that all incidents allow. @default - no incident, or none that all allow */
  readonly allowed?: number;
}

export interface CurveOptions {
  readonly now: AlarmWindow & { readonly threshold: number };
  readonly incidents: readonly Incident[];
  readonly defaultThreshold: number;
  /** Days with records. */
  readonly days: number;
}

const DAY_MINUTES = 1440;

/** A curve for each period length that is worth trying, the shortest first. */
export function curvesOf(metric: MetricMinutes, options: CurveOptions): Curve[] {
  return candidatePeriods(options.now).map((periodSeconds) =>
    curveOf(metric, { ...options.now, periodSeconds }, options),
  );
}

function curveOf(
  metric: MetricMinutes,
  window: AlarmWindow,
  { now, incidents, defaultThreshold, days }: CurveOptions,
): Curve {
  const levels = alarmLevels(metric, window);
  const tolerance = now.periodSeconds / 60;
  const isKept = (spans: readonly AlarmSpan[]): boolean =>
    incidents.every((incident) => isRaised(incident, spans, window, tolerance));
  const further = [
    now.threshold,
    defaultThreshold,
    ...incidents.flatMap((incident) => peakAt(incident, levels, window, tolerance)),
  ];
  const highest = levels.levels.reduce((most, level) => Math.max(most, level), 0);
  const all = candidateThresholds(highest, further).map((threshold): TriedThreshold => {
    const spans = alarmSpans(levels, threshold);
    return { threshold, alarms: spans.length, keeps: isKept(spans), inAlarm: minutesOf(spans) / (days * DAY_MINUTES) };
  });
  const knee = kneeOf(all);
  const allowed = incidents.length === 0 ? undefined : all.findLast(({ keeps }) => keeps)?.threshold;
  return {
    periodSeconds: window.periodSeconds,
    points: all,
    knee,
    allowed,
  };
}

function minutesOf(spans: readonly AlarmSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The highest whole threshold that the incident may have reached. */
function peakAt(incident: Incident, { times, levels }: AlarmLevels, window: AlarmWindow, tolerance: number): number[] {
  let peak = 0;
  times.forEach((from, at) => {
    const span = { from, to: times[at + 1] ?? from };
    if (isRaised(incident, [span], window, tolerance)) peak = Math.max(peak, levels[at] ?? 0);
  });
  return peak >= 1 ? [Math.floor(peak)] : [];
}

/** A threshold, and the alarms that it gives. */
export interface CurvePoint {
  readonly threshold: number;
  readonly alarms: number;
}

/**
 * The threshold above which a further increase saves little: where the curve of alarms is farthest below the straight
 * line between its ends, with thresholds on a logarithmic scale. Undefined where the curve has no knee.
 *
 * Source of the method: Satopää et al., Finding a "Kneedle" in a Haystack, 2011.
 */
export function kneeOf(points: readonly CurvePoint[]): number | undefined {
  const end = points.findIndex(({ alarms }) => alarms === 0);
  const curve = end < 0 ? points : points.slice(0, end + 1);
  const [first, last] = [curve[0], curve.at(-1)];
  if (first === undefined || last === undefined || curve.length < 3 || first.alarms <= last.alarms) return undefined;
  const width = Math.log(last.threshold / first.threshold);
  let knee: number | undefined;
  let deepest = 0;
  for (const { threshold, alarms } of curve) {
    const along = Math.log(threshold / first.threshold) / width;
    const depth = 1 - along - (alarms - last.alarms) / (first.alarms - last.alarms);
    if (depth > deepest + 1e-9) [deepest, knee] = [depth, threshold];
  }
  return knee;
}
