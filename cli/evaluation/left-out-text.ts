import { abbreviated } from "../../lib/support/abbreviated";
import { counted } from "../../lib/support/counted";
import type { Line } from "../../lib/support/print";
import { printableLine } from "../../lib/support/printable";
import type { ReplayReport } from "../../signals";

/** Files listed per reason; all of them are in `--json`. */
const SHOWN_FILES = 5;

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
  const [most] = groups;
  return [
    { bad: `${counted(unreadable.length, "file")} could not be read, or not completely:` },
    ...groups.map(([why, of]) => `  ${filesText(of)}: ${why}`),
    ...(most === undefined || groups.length < 2 || most[1].length < 2
      ? []
      : [`Do first: the ${counted(most[1].length, "file")}: ${most[0]}`]),
  ];
}

/** Many files are counted, with some of their names. */
function filesText(files: readonly string[]): string {
  const names = abbreviated(files, SHOWN_FILES);
  return files.length > SHOWN_FILES ? `${counted(files.length, "file")} (${names})` : names;
}

function skippedText(skipped: ReplayReport["skipped"]): string[] {
  if (skipped.length === 0) return [];
  return [
    `Skipped ${counted(skipped.length, "file or folder", "files or folders")}:`,
    ...byReason(skipped).map(([reason, files]) => `  ${reason}: ${abbreviated(files, SHOWN_FILES)}`),
  ];
}

/** The files of each reason, which is alike where only values and numbers in it differ; most files first. */
function byReason(
  files: readonly { readonly file: string; readonly reason: string }[],
): (readonly [reason: string, files: readonly string[]])[] {
  const groups = new Map<string, { readonly reasons: Set<string>; readonly files: string[] }>();
  for (const { file, reason } of files) {
    const kind = reason.replace(/'.*?'(?!\w)/gs, "''").replace(/\d+/g, "0");
    const group = groups.get(kind) ?? { reasons: new Set(), files: [] };
    groups.set(kind, group);
    group.reasons.add(printableLine(reason));
    group.files.push(printableLine(file));
  }
  return [...groups.values()]
    .map(
      ({ reasons: [first = "", ...others], files: of }) =>
        [others.length === 0 ? first : `${first}, and similar`, of] as const,
    )
    .sort((one, other) => other[1].length - one[1].length);
}
