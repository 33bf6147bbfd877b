import { counted } from "../../../lib/support/counted";
import { printableLine } from "../../../lib/support/printable";
import type { DeployedChange, DetectionChanges } from "../../../signals";
import { aligned } from "../../../lib/support/print";

/** How many accounts are listed by name; the rest are counted. */
const MOST_NAMES = 3;

const UNCHANGED = "No detections changed.";

/** Changes to detections, as text. */
export function changesText(changes: DetectionChanges): string[] {
  const rows = [
    ...changes.changes.map((change) => [change.detection, wordsOf(change), whereOf(change.accounts)]),
    ...accountRows(changes),
  ];
  return rows.length === 0 ? [UNCHANGED] : aligned([["DETECTION", "CHANGE", "WHERE"], ...rows]);
}

/**
 * The same as a list in Markdown. Text from account files is formatted as code: nothing in it becomes a link or a
 * mention.
 */
export function changesMarkdown(changes: DetectionChanges): string[] {
  const rows = [
    ...changes.changes.map(
      (change) => `- ${code(change.detection)}: ${code(wordsOf(change))} ${whereOf(change.accounts)}`,
    ),
    ...accountRows(changes).map(([account = "", change = ""]) => `- account ${code(account)}: ${change}`),
  ];
  return rows.length === 0 ? [UNCHANGED] : rows;
}

function accountRows({ accountsAdded, accountsRemoved }: DetectionChanges): string[][] {
  return [
    ...accountsAdded.map(({ account, detections }) => [
      account,
      `is watched now, by ${counted(detections, "detection")}`,
      "",
    ]),
    ...accountsRemoved.map(({ account, detections }) => [
      account,
      `was removed from configuration, with ${counted(detections, "detection")}; its resources stay deployed`,
      "",
    ]),
  ];
}

function wordsOf({ kind, details }: DeployedChange): string {
  switch (kind) {
    case "added":
      return `new: ${details.join(", ")}`;
    case "removed":
      return "removed";
    case "changed":
    case "subscribers":
      return details.join("; ");
  }
}

function whereOf(accounts: readonly string[]): string {
  const names = accounts.slice(0, MOST_NAMES).join(", ");
  if (accounts.length === 1) return `in ${names}`;
  return `in ${accounts.length} accounts (${names}${accounts.length > MOST_NAMES ? ", …" : ""})`;
}

/** A code span on one line, without invisible characters. A backtick would end it. */
export function code(text: string): string {
  return `\`${printableLine(text.replaceAll("`", "'").replaceAll("\n", " "))}\``;
}
