import { counted } from "../lib/support/counted";
import { printable, printableLine } from "../lib/support/printable";
import { HOW_TO_WRITE } from "./how-to-write";
import type { LeftOut } from "./left-out";
import type { ReportArchive, ReportData, ReportDetection } from "./report-data";

/** A pull request comment may have 65,536 characters; more rows than this are not readable. */
const MAX_ROWS = 50;

/** The detections as a table for a pull request, the most urgent first; and what to write where. */
export function reportMarkdown(report: ReportData): string {
  const { kind, detections, notRead, changes, remarks, archive } = report;
  const isTuned = kind === "tune";
  const shown = detections.slice(0, MAX_ROWS);
  const head = isTuned
    ? ["Detection", "Account", "Events", "Alarms", "A week", "Now → recommended", "A week then"]
    : ["Detection", "Account", "Events", "Alarms", "A week", "Threshold", "Messages"];
  const more = detections.length - shown.length;
  const parts = [
    `### Trailwatch: ${isTuned ? "thresholds from history" : "replay results"}`,
    summary(report),
    ...notRead.filter(({ isFault }) => isFault).map((one) => leftOutText(one).replace(/^/gm, "> ")),
    ...remarks.map((text) => `> ${inline(text)}.`),
    ...(archive === undefined ? [] : [countedText(archive)]),
    ...(shown.length === 0 ? [] : [tableOf(head, shown.map(isTuned ? tunedRow : replayedRow))]),
    ...(more > 0 ? [`${more} more with fewer alarms.`] : []),
    ...notRead.filter(({ isFault }) => !isFault).map(leftOutText),
    ...(changes.length === 0 ? [] : [HOW_TO_WRITE]),
    ...changes.map(({ file, yaml }) => `\`${printableLine(file).replaceAll("`", "'")}\`:\n\n${fenced(yaml.trimEnd())}`),
  ];
  return `${parts.join("\n\n")}\n`;
}

function summary({ totals, detections, slots }: ReportData): string {
  const sum = (of: (detection: ReportDetection) => number): number =>
    detections.reduce((total, detection) => total + of(detection), 0);
  const found = `${counted(
    sum(({ events }) => events),
    "match",
    "matches",
  )}, ${counted(
    sum(({ alarms }) => alarms),
    "alarm",
  )}`;
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

/** Any name as code: nothing in it is Markdown. */
function codeSpan(name: string): string {
  const text = printableLine(name);
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

function tunedRow({ account, detection, events, alarms, alarmsPerWeek, now, advice }: ReportDetection): string[] {
  const recommended = advice?.recommended;
  const was = now === undefined ? "" : settingText(now);
  const will = recommended === undefined ? "" : ` → **${settingText(recommended)}**`;
  const none = advice?.verdict === "no-static-threshold" ? " (no suitable threshold)" : "";
  return [
    ...[detection, account, String(events), String(alarms), rateText(alarmsPerWeek)],
    `${was}${will}${none}`,
    rateText(advice?.then.alarmsPerWeek),
  ];
}

function replayedRow({ account, detection, events, alarms, alarmsPerWeek, now, messages }: ReportDetection): string[] {
  return [
    ...[detection, account, String(events), String(alarms), rateText(alarmsPerWeek)],
    now === undefined ? "" : settingText(now),
    String(messages ?? 0),
  ];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(inline).join(" | ")} |`;
  const sides = head.map((_, column) => (column < 2 ? "---" : "--:"));
  return [line(head), line(sides), ...rows.map(line)].join("\n");
}

/** Inline text in which nothing becomes a cell, a tag, a link, an image or code. */
function inline(text: string): string {
  return printableLine(text).replace(/[\\`<[|]/g, "\\$&");
}

/** A block of YAML. Its fence is longer than any in the text, which may hold names that other people chose. */
function fenced(yaml: string): string {
  const longest = Math.max(2, ...[...yaml.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}yaml\n${printable(yaml)}\n${fence}`;
}

function settingText({ threshold, periodSeconds }: { threshold: number; periodSeconds: number }): string {
  return `${threshold} in ${periodSeconds} s`;
}

function rateText(perWeek: number | undefined): string {
  return perWeek === undefined ? "" : String(Math.round(perWeek * 10) / 10);
}
