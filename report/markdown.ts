import { counted } from "../lib/support/counted";
import { printableLine } from "../lib/support/printable";
import { HOW_TO_WRITE } from "./how-to-write";
import type { LeftOut } from "./left-out";
import { losses } from "./markdown-losses";
import { codeSpan, fenced, inline, tableOf } from "./markdown-text";
import type { ReportArchive, ReportData, ReportDetection } from "./report-data";
import { severityText } from "./severity";

/** A pull request comment may have 65,536 characters; more rows than this are not readable. */
const MAX_ROWS = 50;

/** Characters that leave room for the rest of a comment. */
const MAX_CHANGES = 20_000;

/** The detections as a table for a pull request, the most severe first; and what to write where. */
export function reportMarkdown(report: ReportData): string {
  const { kind, detections, further, notRead, remarks, archive } = report;
  const isTuned = kind === "tune";
  const shown = detections.slice(0, MAX_ROWS);
  const head = isTuned
    ? [
        ...["Severity", "Detection", "Account", "Events", "Alarms", "A week"],
        ...["Now → recommended", "A week then", "No longer raised"],
      ]
    : ["Severity", "Detection", "Account", "Events", "Alarms", "A week", "Threshold", "Messages"];
  const more = detections.length + further.length + report.furtherLeftOut - shown.length;
  const parts = [
    `### Trailwatch: ${isTuned ? "thresholds from history" : "replay results"}`,
    `${inline(report.sentence)}.`,
    summary(report),
    ...notRead.filter(({ isFault }) => isFault).map((one) => leftOutText(one).replace(/^/gm, "> ")),
    ...remarks.map((text) => `> ${inline(text)}.`),
    ...(archive === undefined ? [] : [countedText(archive)]),
    ...(shown.length === 0 ? [] : [tableOf(head, shown.map(isTuned ? tunedRow : replayedRow))]),
    ...(more > 0 ? [`${counted(more, "more detection")}, less severe or with fewer alarms.`] : []),
    ...notRead.filter(({ isFault }) => !isFault).map(leftOutText),
    ...losses(report),
    ...changesText(report),
  ];
  return `${parts.join("\n\n")}\n`;
}

function changesText({ changes, changesLeftOut }: ReportData): string[] {
  if (changes.length === 0) return [];
  let characters = 0;
  const shown = changes.filter(({ yaml }) => (characters += yaml.length) <= MAX_CHANGES);
  const more = changes.length - shown.length + changesLeftOut;
  return [
    HOW_TO_WRITE,
    ...shown.map(({ file, yaml }) => `\`${printableLine(file).replaceAll("`", "'")}\`:\n\n${fenced(yaml.trimEnd())}`),
    ...(more > 0 ? [`${counted(more, "more file")} to change: \`tune --apply\` writes all.`] : []),
  ];
}

function summary({ totals, detections, slots }: ReportData): string {
  const found = `${counted(totals.events, "match", "matches")}, ${counted(totals.alarms, "alarm")}`;
  return `${counted(totals.records, "record")}: ${slots === 0 && detections.length === 0 ? "nothing matched" : found}.`;
}

/** What the table leaves out, and where to find it. */
function countedText({ workgroup }: ReportArchive): string {
  return (
    `Athena counted the events. Counts include neither principals nor single events: the saved queries of workgroup \`${workgroup}\` ` +
    "return both; each is named after its detection."
  );
}

function leftOutText({ text, files }: LeftOut): string {
  const end = files.length === 0 ? "." : ":";
  return [`${text}${end}`, ...files.map((file) => `- ${codeSpan(file)}`)].join("\n");
}

function tunedRow(row: ReportDetection): string[] {
  const { account, detection, severity, events, alarms, alarmsPerWeek, now, advice } = row;
  const recommended = advice?.recommended;
  const was = now === undefined ? "" : settingText(now);
  const will = recommended === undefined ? "" : ` → **${settingText(recommended)}**`;
  const none = advice?.verdict === "no-static-threshold" ? " (no suitable threshold)" : "";
  return [
    ...[severityText(severity), detection, account, String(events), String(alarms), rateText(alarmsPerWeek)],
    `${was}${will}${none}`,
    rateText(advice?.then.alarmsPerWeek),
    String((advice?.noLongerRaised.length ?? 0) + (advice?.noLongerRaisedLeftOut ?? 0)),
  ];
}

function replayedRow(row: ReportDetection): string[] {
  const { account, detection, severity, events, alarms, alarmsPerWeek, now, messages } = row;
  return [
    ...[severityText(severity), detection, account, String(events), String(alarms), rateText(alarmsPerWeek)],
    now === undefined ? "" : settingText(now),
    String(messages ?? 0),
  ];
}

function settingText({ threshold, periodSeconds }: { threshold: number; periodSeconds: number }): string {
  return `${threshold} in ${periodSeconds} s`;
}

function rateText(perWeek: number | undefined): string {
  return perWeek === undefined ? "" : String(Math.round(perWeek * 10) / 10);
}
