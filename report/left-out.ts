import { abbreviated } from "../lib/support/abbreviated";
import { counted } from "../lib/support/counted";
import { byReason, filesText, type FileFault } from "../lib/support/file-faults";
import type { ReportSource } from "./report-source";

/** What a report leaves out, because it was not read or not selected. */
export interface LeftOut {
  /** A sentence without its full stop. */
  readonly text: string;
  /** Each reason with the first of its files. */
  readonly files: readonly string[];
  /** Whether records may be missing. */
  readonly isFault: boolean;
}

const MOST_LISTED = 20;

/** What was left out, starting with what may be missing. */
export function leftOutOf({
  unreadable = [],
  unknownAccounts = {},
  outOfTime = 0,
  skipped = [],
}: ReportSource["totals"]): LeftOut[] {
  const unknown = Object.entries(unknownAccounts).map(([id, count]) => `${id || "no account"} (${count})`);
  const all: LeftOut[] = [
    {
      text: `${counted(unreadable.length, "file")} could not be read, or not completely`,
      files: named(unreadable),
      isFault: true,
    },
    {
      text: `Not evaluated, because the account is not in the organization: ${abbreviated(unknown, MOST_LISTED)}`,
      files: [],
      isFault: true,
    },
    { text: `Outside the requested time range: ${counted(outOfTime, "record")}`, files: [], isFault: false },
    {
      text: `Skipped by name: ${counted(skipped.length, "file or folder", "files or folders")}`,
      files: named(skipped),
      isFault: false,
    },
  ];
  const counts = [unreadable.length, unknown.length, outOfTime, skipped.length];
  return all.filter((_, index) => counts[index] !== 0);
}

/** Each reason once, with its files. */
function named(faults: readonly FileFault[]): string[] {
  const groups = byReason(faults).map(({ reason, files }) => `${filesText(files)}: ${reason}`);
  const more = groups.length - MOST_LISTED;
  return [...groups.slice(0, MOST_LISTED), ...(more > 0 ? [`and ${counted(more, "more reason")}`] : [])];
}
