import { headlineOf } from "../lib/naming/alarm-description";
import {
  drawnEvents,
  drawnPeriod,
  perWeek,
  principalIn,
  type DetectionHistory,
  type DetectionReport,
  type Slots,
} from "../signals";
import { adviceOf } from "./advice";
import { alarmListOf, type ListLimits } from "./alarm-list";
import type { Pair, ReportDetection, ReportPeriod } from "./report-data";
import type { MeasuredSource } from "./report-source";
import type { TextTable } from "./text-table";

const MAX_PRINCIPALS = 5;

/** Fields that all detections of a report share. */
export interface Frame {
  readonly slots: Slots;
  readonly texts: TextTable;
  readonly limits: ListLimits;
}

/** A detection for which thresholds can be tried. `replayed`: its result in a replay. */
export function chartedDetection(
  source: MeasuredSource,
  replayed: DetectionReport | undefined,
  frame: Frame,
): ReportDetection {
  const { history, measurement, tuning } = source;
  const { threshold, periodSeconds, evaluationPeriods, alarms, alarmsPerWeek } = measurement.now;
  const { listed, leftOut } = alarmListOf(measurement.alarms, frame);
  const described = describedBy(history.alarm.description);
  const drawn = drawnPeriods(source, frame.slots);
  return {
    account: measurement.account,
    detection: measurement.detection,
    ...described,
    severity: source.severity ?? described.severity,
    events: replayed?.matched ?? history.groups.reduce((sum, group) => sum + group.sum, 0),
    alarms,
    alarmsPerWeek,
    messages: replayed?.notifications.length,
    days: measurement.days,
    isGuess: measurement.isGuess,
    now: { threshold, periodSeconds, evaluationPeriods },
    ...(tuning === undefined ? {} : { advice: adviceOf(tuning, frame.texts) }),
    drawn,
    otherCurves: measurement.curves
      .filter((curve) => !drawn.some((period) => period.periodSeconds === curve.periodSeconds))
      .map((curve) => ({
        periodSeconds: curve.periodSeconds,
        points: curve.points.map((point): Pair => [point.threshold, point.alarms]),
      })),
    counts: drawnEvents(history, frame.slots),
    alarmList: listed,
    alarmsLeftOut: leftOut,
    ...principalsOf(source, frame.texts),
  };
}

/** One for which no threshold can be tried, such as a composite alarm. */
export function otherDetection(
  replayed: DetectionReport,
  description: string | undefined,
  { texts, limits }: Frame,
): ReportDetection {
  const { account, detection, matched, alarms, notifications, principals } = replayed;
  return {
    ...{ account, detection, ...describedBy(description), events: matched, alarms: alarms.length },
    messages: notifications.length,
    ...{ drawn: [], otherCurves: [], counts: [] },
    alarmList: alarms
      .slice(-limits.alarmsOfDetection)
      .reverse()
      .map(({ at }) => ({ at, events: 0, principals: [], principalsLeftOut: 0, records: [] })),
    alarmsLeftOut: Math.max(0, alarms.length - limits.alarmsOfDetection),
    principalsLeftOut: 0,
    principals: principals.map(({ principal, count }): Pair => [texts.numberOf(principal), count]),
  };
}

function drawnPeriods({ history, measurement, tuning }: MeasuredSource, slots: Slots): ReportPeriod[] {
  const { curves, days, now } = measurement;
  const ignored = tuning?.noise.filter(({ isChosen }) => isChosen) ?? [];
  const periods = new Set([now.periodSeconds, tuning?.recommended?.periodSeconds ?? now.periodSeconds]);
  return [...periods].flatMap((periodSeconds): ReportPeriod[] => {
    const curve = curves.find((candidate) => candidate.periodSeconds === periodSeconds);
    if (curve === undefined) return [];
    const thresholds = curve.points.map(({ threshold }) => threshold);
    const { levels, raised } = drawnPeriod(history, periodSeconds, thresholds, { slots, ignored });
    const points = curve.points.map((point, number) => ({
      ...point,
      alarmsPerWeek: perWeek(point.alarms, days),
      raised: distances(raised[number] ?? []),
    }));
    const { knee, allowed } = curve;
    return [{ periodSeconds, levels, points, ...(knee && { knee }), ...(allowed && { allowed }) }];
  });
}

/** The distinct slots, each as the distance from the previous one. */
function distances(slots: readonly number[]): number[] {
  return [...new Set(slots)].map((slot, at, all) => slot - (all[at - 1] ?? 0));
}

function principalsOf(
  { history }: MeasuredSource,
  texts: TextTable,
): Pick<ReportDetection, "principals" | "principalsLeftOut"> {
  const events = busiestPrincipals(history.groups);
  const busiest = events.slice(0, MAX_PRINCIPALS);
  return {
    principals: busiest.map(([principal, count]): Pair => [texts.numberOf(principal), count]),
    principalsLeftOut: events.length - busiest.length,
  };
}

/** Principals and their events, the most frequent first. */
export function busiestPrincipals(groups: DetectionHistory["groups"]): [principal: string, events: number][] {
  const events = new Map<string, number>();
  for (const { values, sum } of groups) {
    if (values === undefined) continue;
    events.set(principalIn(values), (events.get(principalIn(values)) ?? 0) + sum);
  }
  return [...events].sort((one, other) => other[1] - one[1]);
}

/** Parses the format of `stacks/alarm-description.ts`: the headline, then the meaning. */
export function describedBy(description = ""): Pick<ReportDetection, "title" | "meaning" | "severity"> {
  const headline = headlineOf(description);
  if (headline === undefined) return {};
  const { title, severity } = headline;
  const [, meaning] = description.split("\n", 2);
  return { title, severity, meaning };
}
