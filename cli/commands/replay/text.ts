import { counted } from "../../../lib/support/counted";
import { SEVERITIES } from "../../../lib/naming/severity";
import type { Caller, DetectionReport, ReplayReport } from "../../../signals";
import { aligned, leading, type Line } from "../../../lib/support/print";
import { widthOf } from "../../../lib/support/terminal";
import { callersText, mergedCallers } from "../../evaluation/callers-text";
import { leftOutText, readText } from "../../evaluation/left-out-text";
import { SEVERITY_TONES } from "../../tones";
import { sizeText } from "./athena-text";
import type { ArchiveReport } from "./json";

/** In a narrower terminal, the times stand below each detection. */
const WIDE_COLUMNS = 140;

/** What happened in a sentence; each detection that matched, the most severe first, with who did it; the totals. */
export function replayText(report: ReplayReport | ArchiveReport): Line[] {
  const detections = [...report.detections].sort(bySeverity);
  const isWide = widthOf(process.stdout) >= WIDE_COLUMNS;
  const [head = "", ...rows] = aligned(
    [
      ["SEVERITY", "ACCOUNT", "DETECTION", "MATCHED", "ALARMS", "MESSAGES", ...(isWide ? ["FIRST", "LAST"] : [])],
      ...detections.map(({ severity = "-", account, detection, matched, alarms, notifications, first, last }) => [
        severity,
        account,
        detection,
        String(matched),
        String(alarms.length),
        String(notifications.length),
        ...(isWide ? [timeText(first), timeText(last)] : []),
      ]),
    ],
    // The lines below each row count the matches and name the subscribers.
    { right: new Set([3, 4, 5]), spare: [5, 3] },
  );
  return [
    ...sentences(detections, report.records),
    ...(detections.length === 0 ? [] : ["", { dim: head }]),
    ...detections.flatMap((detection, index): Line[] => [
      row(detection, rows[index] ?? ""),
      ...details(detection, isWide),
    ]),
    ...(detections.length === 0 ? [] : [""]),
    ...totals(report),
  ];
}

function row({ severity, alarms }: DetectionReport, text: string): Line {
  const isAlarm = severity !== undefined && alarms.length > 0;
  return isAlarm ? leading(SEVERITY_TONES[severity], text, severity) : text;
}

/** The most severe first; then those that raised an alarm, by how often they matched. */
function bySeverity(one: DetectionReport, other: DetectionReport): number {
  const rank = ({ severity, alarms }: DetectionReport): number =>
    (alarms.length > 0 ? 0 : SEVERITIES.length + 1) +
    (severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity));
  return rank(one) - rank(other) || other.matched - one.matched;
}

/** What happened: the most severe alarm with who raised it, how many alarms there are, and when. */
function sentences(detections: readonly DetectionReport[], records: number): Line[] {
  if (records === 0) return [];
  if (detections.length === 0) return ["Nothing matches a detection: no alarm would have been raised."];
  const alarming = detections.filter(({ alarms }) => alarms.length > 0);
  const [first] = alarming;
  if (first === undefined) {
    return [
      `No alarm would have been raised: ${counted(detections.length, "detection")} matched, below the threshold.`,
    ];
  }
  const [caller] = mergedCallers(first.callers ?? []);
  const severity = first.severity === undefined ? "" : ` (${first.severity})`;
  const what = `${first.detection}${severity} in ${first.account}`;
  const alarms = alarming.flatMap((detection) => detection.alarms);
  const times = alarms.map(({ at }) => at);
  const accounts = new Set(alarming.map(({ account }) => account)).size;
  const [from, to] = [Math.min(...times), Math.max(...times)].map(timeText);
  const span = from === to ? `at ${from ?? ""}` : `from ${from ?? ""} to ${to ?? ""}`;
  const head = caller === undefined ? what : `${didText(caller, first.matched)}: ${what}`;
  const all =
    alarms.length === 1
      ? `the only alarm, ${span}`
      : `the most severe of ${counted(alarms.length, "alarm")} in ${counted(accounts, "account")}, ${span}`;
  return [{ strong: `${head}, ${all}.` }];
}

/** `alice (assumed-role/Developer) called GetSecretValue 5 times`; the other events, if they are more. */
function didText({ principal, call, count }: Caller, matched: number): string {
  const others = matched - count;
  const times = count === 1 ? "once" : `${count.toLocaleString("en")} times`;
  return `${principal} called ${call} ${times}${others > count ? `, besides ${counted(others, "other event")}` : ""}`;
}

function details({ callers = [], matched, notifications, first, last }: DetectionReport, isWide: boolean): Line[] {
  const notified = new Map<string, Set<string>>();
  for (const { protocol, endpoint } of notifications) {
    notified.set(protocol, (notified.get(protocol) ?? new Set()).add(endpointText(endpoint)));
  }
  const endpoints = [...notified].map(([protocol, names]) => `${protocol} ${[...names].join(", ")}`);
  const time = first === last ? timeText(first) : `${timeText(first)} to ${timeText(last)}`;
  return [
    ...callersText(callers, matched).map((text): Line => `  ${text}`),
    ...(isWide || first === undefined ? [] : [{ dim: `  ${time}` }]),
    ...(endpoints.length === 0 ? [] : [{ dim: `  notifies ${endpoints.join("; ")}` }]),
  ];
}

/** An ARN's last part: its account and region are those of the alarm. */
function endpointText(endpoint: string): string {
  return endpoint.startsWith("arn:") ? (endpoint.split(":").at(-1) ?? endpoint) : endpoint;
}

function totals(report: ReplayReport | ArchiveReport): Line[] {
  const { records, detections } = report;
  const sum = (count: (detection: DetectionReport) => number): number =>
    detections.reduce((total, detection) => total + count(detection), 0);
  const found = [
    counted(
      sum(({ matched }) => matched),
      "match",
      "matches",
    ),
    counted(
      sum(({ alarms }) => alarms.length),
      "alarm",
    ),
    counted(
      sum(({ notifications }) => notifications.length),
      "message",
    ),
  ].join(", ");
  if ("scannedBytes" in report) {
    return [
      `${counted(records, "record")}: ${found}`,
      `Athena read ${sizeText(report.scannedBytes)}. Athena results include neither principals nor duplicates.`,
    ];
  }
  return [`${readText(report)}: ${found}`, ...leftOutText(report)];
}

function timeText(time: number | undefined): string {
  return time === undefined ? "" : new Date(time).toISOString().replace(".000Z", "Z");
}
