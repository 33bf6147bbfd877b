import { principalName } from "../lib/naming/principal-name";
import { printableJson } from "../lib/support/printable";
import { accountChanges } from "./account-changes";
import { candidatesOf, type Candidate } from "./candidates";
import { fitted } from "./fit";
import { leftOutOf } from "./left-out";
import { busiestPrincipals } from "./report-detection";
import type { AccountChange, ReportData, ReportDetection } from "./report-data";
import type { ArchiveSource, ReportSource } from "./report-source";
import { sentenceOf } from "./sentence";
import { bySeverityThenCount } from "./severity";
import { TextTable } from "./text-table";
import { topPrincipals } from "./top-principals";
import { UNKNOWN_PRINCIPAL, type DetectionHistory, type Slots } from "../signals";

/** Longer lists would make the report too large, and readers skip them. */
const MAX_CHANGES_BYTES = 60_000;
const MAX_REMARKS = 20;

/** Collects the content of a report. Detections without matches are only counted. */
export function buildReport(source: ReportSource): ReportData {
  const { kind, totals, measured, replayed, untunable, remarks = [], fileOf, archive } = source;
  const shown = measured.filter(({ history }) => history.groups.length > 0);
  const { count, ...slots } = slotsOfMatches(shown.map(({ history }) => history));
  const texts = new TextTable();
  const candidates = candidatesOf(source).sort(bySeverityThenCount);
  const accounts = [...new Set(candidates.map(({ account }) => account))].sort();
  const evaluated = [...measured.map(({ measurement }) => measurement), ...replayed, ...untunable];
  const accountCount = new Set(evaluated.map(({ account }) => account)).size;
  const { detections, ...fit } = fitted(candidates, accounts, { slots, texts });
  const { top, leftOut } = topPrincipals(shown);
  const changes = accountChanges(
    measured.flatMap(({ tuning }) => tuning ?? []),
    fileOf,
  );
  const listed = changesThatFit(changes);
  const sum = (of: (candidate: Candidate) => number): number =>
    candidates.reduce((total, candidate) => total + of(candidate), 0);
  return {
    kind,
    sentence: sentenceFor(source, candidates, accountCount),
    totals: {
      records: totals.records,
      ...(totals.duplicates !== undefined && { duplicates: totals.duplicates }),
      events: sum(({ events }) => events),
      alarms: sum(({ alarms }) => alarms),
      alarmsPerWeek: sum(({ alarmsPerWeek }) => alarmsPerWeek),
      messages: sum(({ messages }) => messages),
      alarmsThen: sum(({ then }) => then),
    },
    notRead: leftOutOf(totals),
    remarks: [
      ...remarks.slice(0, MAX_REMARKS),
      ...(remarks.length > MAX_REMARKS ? [`${remarks.length - MAX_REMARKS} more remarks are left out here`] : []),
    ],
    ...(archive && { archive: { workgroup: archive.workgroup } }),
    from: slots.from * 60_000,
    slotSeconds: slots.minutes * 60,
    slots: count,
    accounts,
    accountCount,
    detections: detections.map((detection) => withQuery(detection, archive)),
    ...fit,
    silent: measured.length - shown.length,
    principals: top,
    principalsLeftOut: leftOut,
    notTuned: byReason(untunable),
    changes: listed,
    changesLeftOut: changes.length - listed.length,
    texts: texts.texts,
  };
}

function sentenceFor(
  { kind, totals, measured }: ReportSource,
  candidates: readonly Candidate[],
  accounts: number,
): string {
  const times = candidates.flatMap(({ raised }) => [raised[0] ?? [], raised.at(-1) ?? []].flat());
  const matches = measured.flatMap(({ history: { groups } }) =>
    [groups[0] ?? [], groups.at(-1) ?? []].flat().map(({ minute }) => minute * 60_000),
  );
  const range = times.length > 0 ? times : matches;
  return sentenceOf({
    ...{ kind, accounts, records: totals.records, unread: totals.unreadable?.length ?? 0 },
    unknown: Object.values(totals.unknownAccounts ?? {}).reduce((sum, count) => sum + count, 0),
    outOfTime: totals.outOfTime,
    detections: candidates,
    principalOf: (detection) => {
      const own = measured.filter(({ measurement }) => measurement.detection === detection);
      return mostActive(busiestPrincipals(own.flatMap(({ history }) => history.groups)));
    },
    ...(range.length > 0 && {
      first: range.reduce((one, other) => Math.min(one, other)),
      last: range.reduce((one, other) => Math.max(one, other)),
    }),
  });
}

/** The name of the principal of most events; the number of names if none has most; undefined if it is unknown. */
function mostActive(
  principals: readonly (readonly [principal: string, events: number])[],
): string | number | undefined {
  const byName = new Map<string, number>();
  for (const [principal, events] of principals) {
    const name = principalName(principal);
    byName.set(name, (byName.get(name) ?? 0) + events);
  }
  const [most, ...others] = [...byName].sort((one, other) => other[1] - one[1]);
  if (most === undefined || most[0] === UNKNOWN_PRINCIPAL) return undefined;
  return most[1] > others.reduce((sum, [, events]) => sum + events, 0) ? most[0] : byName.size;
}

/** The first of the changes. */
function changesThatFit(changes: readonly AccountChange[]): AccountChange[] {
  let bytes = 0;
  return changes.filter(({ yaml }) => (bytes += Buffer.byteLength(printableJson(yaml))) <= MAX_CHANGES_BYTES);
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
