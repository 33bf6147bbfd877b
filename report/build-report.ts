import { accountChanges } from "./account-changes";
import { limitsFor } from "./alarm-list";
import { leftOutOf } from "./left-out";
import { chartedDetection, otherDetection, type Frame } from "./report-detection";
import type { ReportData, ReportDetection } from "./report-data";
import type { ArchiveSource, ReportSource } from "./report-source";
import { TextTable } from "./text-table";
import { topPrincipals } from "./top-principals";
import type { DetectionHistory, Slots } from "../signals";

/** What to do about a detection, the most urgent first. */
const URGENCY = ["change", "no-static-threshold"];

/** Collects the content of a report. Detections without matches are only counted. */
export function buildReport(source: ReportSource): ReportData {
  const { kind, totals, measured, replayed, untunable, remarks = [], fileOf, archive } = source;
  const shown = measured.filter(({ history }) => history.groups.length > 0);
  const { count, ...slots } = slotsOfMatches(shown.map(({ history }) => history));
  const texts = new TextTable();
  const reports = new Map(replayed.map((report) => [idOf(report), report]));
  const known = new Set(shown.map(({ measurement }) => idOf(measurement)));
  const further = [...reports].filter(([id]) => !known.has(id)).map(([, report]) => report);
  const alarms = [...shown.map(({ measurement }) => measurement), ...further].map((one) => one.alarms.length);
  const frame: Frame = { slots, texts, limits: limitsFor(alarms) };
  const own = shown.map((one) => chartedDetection(one, reports.get(idOf(one.measurement)), frame));
  const others = further.map((report) => otherDetection(report, frame));
  const detections = [...own, ...others].sort(byUrgency).map((detection) => withQuery(detection, archive));
  const { top, leftOut } = topPrincipals(shown);
  return {
    kind,
    totals: { records: totals.records, ...(totals.duplicates !== undefined && { duplicates: totals.duplicates }) },
    notRead: leftOutOf(totals),
    remarks,
    ...(archive && { archive: { workgroup: archive.workgroup } }),
    from: slots.from * 60_000,
    slotSeconds: slots.minutes * 60,
    slots: count,
    accounts: [...new Set(detections.map(({ account }) => account))].sort(),
    detections,
    silent: measured.length - shown.length,
    principals: top,
    principalsLeftOut: leftOut,
    notTuned: byReason(untunable),
    changes: accountChanges(
      measured.flatMap(({ tuning }) => tuning ?? []),
      fileOf,
    ),
    texts: texts.texts,
  };
}

function idOf({ account, detection }: { readonly account: string; readonly detection: string }): string {
  return `${account}/${detection}`;
}

function withQuery(detection: ReportDetection, archive: ArchiveSource | undefined): ReportDetection {
  if (archive === undefined) return detection;
  const savedQuery = archive.savedQueryOf(detection.detection);
  const account = archive.countedAccountOf(detection.account);
  return { ...detection, query: { ...(savedQuery && { savedQuery }), ...(account && { account }) } };
}

function byReason(untunable: ReportSource["untunable"]): ReportData["notTuned"] {
  return [...new Set(untunable.map(({ why }) => why))].map((why) => {
    const detections = untunable.filter((one) => one.why === why).map(({ detection }) => detection);
    return { why, detections: [...new Set(detections)].sort() };
  });
}

function byUrgency(one: ReportDetection, other: ReportDetection): number {
  return urgencyOf(one) - urgencyOf(other) || other.alarms - one.alarms || other.events - one.events;
}

function urgencyOf({ advice }: ReportDetection): number {
  const urgency = URGENCY.indexOf(advice?.verdict ?? "");
  return urgency < 0 ? URGENCY.length : urgency;
}

/** The number of bars that a wide screen can show. */
const MAX_SLOTS = 480;
const LENGTHS = [1, 5, 15, 60, 180, 360, 720];
const DAY_MINUTES = 1440;

/** The time span of all matches, divided into slots that are aligned to the hour, and to midnight UTC. */
export function slotsOfMatches(histories: readonly DetectionHistory[]): Slots & { readonly count: number } {
  let [first, last] = [Infinity, -Infinity];
  for (const { groups } of histories) {
    first = Math.min(first, groups[0]?.minute ?? Infinity);
    last = Math.max(last, groups.at(-1)?.minute ?? -Infinity);
  }
  if (first > last) return { from: 0, minutes: DAY_MINUTES, count: 0 };
  const days = Math.ceil((last - first + 1) / DAY_MINUTES / (MAX_SLOTS - 1)) * DAY_MINUTES;
  for (const minutes of [...LENGTHS, days]) {
    const from = Math.floor(first / minutes) * minutes;
    // An alarm is raised up to a minute after the last event.
    const count = Math.floor((last + 2 - from) / minutes) + 1;
    if (count <= MAX_SLOTS || minutes === days) return { from, minutes, count };
  }
  return { from: 0, minutes: DAY_MINUTES, count: 0 };
}
