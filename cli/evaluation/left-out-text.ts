import { abbreviated } from "../../lib/support/abbreviated";
import { counted } from "../../lib/support/counted";
import { byReason, filesText, remedyOf } from "../../lib/support/file-faults";
import type { Line } from "../../lib/support/print";
import { printableLine } from "../../lib/support/printable";
import type { ReplayReport } from "../../signals";

/** Accounts listed; all of them are in `--json`. */
const SHOWN_ACCOUNTS = 10;

/** How many records were read. */
export function readText({ records, duplicates }: Pick<ReplayReport, "records" | "duplicates">): string {
  return `${counted(records, "record")}, ${counted(duplicates, "duplicate")}`;
}

/** What was not evaluated, and why: each reason once, with its files. */
export function leftOutText({
  unknownAccounts,
  unreadable,
  outOfTime,
  skipped,
}: Omit<ReplayReport, "detections">): Line[] {
  const unknown = Object.entries(unknownAccounts).map(
    ([id, count]) => `${printableLine(id) || "no account"} (${count})`,
  );
  return [
    ...(unknown.length === 0
      ? []
      : ["Not evaluated, because the account is not in the organization: " + abbreviated(unknown, SHOWN_ACCOUNTS)]),
    ...unreadableText(unreadable),
    ...(outOfTime === 0 ? [] : [`Outside the requested time range: ${counted(outOfTime, "record")}`]),
    ...skippedText(skipped),
  ];
}

function unreadableText(unreadable: ReplayReport["unreadable"]): Line[] {
  if (unreadable.length === 0) return [];
  const groups = byReason(unreadable);
  const remedy = remedyOf(groups);
  return [
    { bad: `${counted(unreadable.length, "file")} could not be read, or not completely:` },
    ...groups.map(({ reason, files }) => `  ${filesText(files)}: ${reason}`),
    ...(remedy === undefined ? [] : [[{ strong: "Do first: " }, remedy]]),
  ];
}

function skippedText(skipped: ReplayReport["skipped"]): string[] {
  if (skipped.length === 0) return [];
  return [
    `Skipped ${counted(skipped.length, "file or folder", "files or folders")}:`,
    ...byReason(skipped).map(({ reason, files }) => `  ${reason}: ${filesText(files)}`),
  ];
}
