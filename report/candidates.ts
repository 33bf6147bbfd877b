import type { DetectionReport } from "../signals";
import { chartedDetection, describedBy, otherDetection, type Frame } from "./report-detection";
import type { ReportDetection } from "./report-data";
import type { MeasuredSource, ReportSource } from "./report-source";
import type { Ranked } from "./severity";

/** A detection of an account that matched or whose alarm was raised, before its details are built. */
export interface Candidate extends Ranked {
  readonly title?: string | undefined;
  readonly alarmsPerWeek: number;
  readonly messages: number;
  /** Alarms with the recommended settings and the chosen entries. */
  readonly then: number;
  readonly isProposed: boolean;
  readonly isIgnoring: boolean;
  /** When its alarms were raised: milliseconds since 1970, ascending. */
  readonly raised: readonly number[];
  readonly details: (frame: Frame) => ReportDetection;
}

/** Those with matches, then those for which no threshold can be tried. */
export function candidatesOf({ measured, replayed, descriptionOf }: ReportSource): Candidate[] {
  const reports = new Map(replayed.map((report) => [idOf(report), report]));
  const shown = measured.filter(({ history }) => history.groups.length > 0);
  const known = new Set(shown.map(({ measurement }) => idOf(measurement)));
  return [
    ...shown.map((one) => charted(one, reports.get(idOf(one.measurement)))),
    ...replayed
      .filter((report) => !known.has(idOf(report)))
      .map((report) => other(report, descriptionOf?.(report.account, report.alarms[0]?.alarm ?? ""))),
  ];
}

function charted(source: MeasuredSource, replayed: DetectionReport | undefined): Candidate {
  const { history, measurement, tuning } = source;
  const described = describedBy(history.alarm.description);
  return {
    ...{ account: measurement.account, detection: measurement.detection, title: described.title },
    severity: source.severity ?? described.severity,
    events: replayed?.matched ?? history.groups.reduce((sum, group) => sum + group.sum, 0),
    alarms: measurement.now.alarms,
    alarmsPerWeek: measurement.now.alarmsPerWeek,
    messages: replayed?.notifications.length ?? 0,
    then: tuning?.then.alarms ?? measurement.now.alarms,
    isProposed: tuning?.recommended !== undefined,
    isIgnoring: tuning?.noise.some(({ isChosen }) => isChosen) === true,
    raised: measurement.alarms.map(({ at }) => at),
    details: (frame) => chartedDetection(source, replayed, frame),
  };
}

function other(replayed: DetectionReport, description: string | undefined): Candidate {
  const { account, detection, matched, alarms, notifications } = replayed;
  const { title, severity } = describedBy(description);
  return {
    ...{ account, detection, title, severity, events: matched, alarms: alarms.length, then: alarms.length },
    ...{ alarmsPerWeek: 0, messages: notifications.length, isProposed: false, isIgnoring: false },
    raised: alarms.map(({ at }) => at).sort((one, later) => one - later),
    details: (frame) => otherDetection(replayed, description, frame),
  };
}

function idOf({ account, detection }: { readonly account: string; readonly detection: string }): string {
  return `${account}/${detection}`;
}
