import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { printableLine } from "../../../lib/support/printable";
import type { DetectionReport, ReplayReport } from "../../../signals";
import { sizeText } from "./athena-text";
import { aligned, type Line } from "../../../lib/support/print";
import type { ArchiveReport } from "./json";

/** A line for each detection that matched, with who did it and who is notified; then the totals. */
export function replayText(report: ReplayReport | ArchiveReport): Line[] {
  const { detections } = report;
  const [head = "", ...rows] = aligned([
    ["ACCOUNT", "DETECTION", "MATCHED", "ALARMS", "MESSAGES", "FIRST", "LAST"],
    ...detections.map(({ account, detection, matched, alarms, notifications, first, last }) => [
      account,
      detection,
      String(matched),
      String(alarms.length),
      String(notifications.length),
      timeText(first),
      timeText(last),
    ]),
  ]);
  return [
    ...(detections.length === 0 ? [] : [{ dim: head }]),
    ...detections.flatMap((detection, index): Line[] => [rows[index] ?? "", ...details(detection)]),
    ...(detections.length === 0 ? [] : [""]),
    ...totals(report),
  ];
}

function details({ principals, notifications }: DetectionReport): Line[] {
  const notified = [...new Set(notifications.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`))];
  return [
    ...(principals.length === 0
      ? []
      : [{ dim: `  by ${principals.map(({ principal, count }) => `${principal} (${count})`).join(", ")}` }]),
    ...(notified.length === 0 ? [] : [{ dim: `  notifies ${notified.join(", ")}` }]),
  ];
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

/** How many records were read. */
export function readText({ records, duplicates }: Pick<ReplayReport, "records" | "duplicates">): string {
  return `${counted(records, "record")}, ${counted(duplicates, "duplicate")}`;
}

/** Skipped files listed per reason; all of them are in `--json`. */
const SHOWN_SKIPPED = 5;

/** What was not evaluated, and why. */
export function leftOutText({
  unknownAccounts,
  unreadable,
  outOfTime,
  skipped,
}: Omit<ReplayReport, "detections">): string[] {
  const unknown = Object.entries(unknownAccounts).map(
    ([id, count]) => `${printableLine(id) || "no account"} (${count})`,
  );
  return [
    ...(unknown.length === 0
      ? []
      : [`Not evaluated, because the account is not in the organization: ${unknown.join(", ")}`]),
    ...(unreadable.length === 0 ? [] : [`${counted(unreadable.length, "file")} could not be read, or not completely:`]),
    ...unreadable.map(({ file, reason }) => `  ${printableLine(file)}: ${printableLine(reason)}`),
    ...(outOfTime === 0 ? [] : [`Outside the requested time range: ${counted(outOfTime, "record")}`]),
    ...skippedText(skipped),
  ];
}

function skippedText(skipped: ReplayReport["skipped"]): string[] {
  if (skipped.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { file, reason } of skipped) {
    const files = byReason.get(reason);
    if (files === undefined) byReason.set(reason, [file]);
    else files.push(file);
  }
  return [
    `Skipped ${counted(skipped.length, "file or folder", "files or folders")}:`,
    ...[...byReason].map(([reason, files]) => `  ${reason}: ${abbreviated(files.map(printableLine), SHOWN_SKIPPED)}`),
  ];
}

function timeText(time: number | undefined): string {
  return time === undefined ? "" : new Date(time).toISOString().replace(".000Z", "Z");
}
