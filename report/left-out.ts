import { abbreviated } from "../lib/support/abbreviated";
import { counted } from "../lib/support/counted";
import type { ReportSource } from "./report-source";

/** What a report leaves out, because it was not read or not selected. */
export interface LeftOut {
  /** A sentence without its full stop. */
  readonly text: string;
  /** The first few file names. */
  readonly files: readonly string[];
  /** Whether records may be missing. */
  readonly isFault: boolean;
}

const SHOWN_FILES = 20;

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
      text: `Not evaluated, because the account is not in the organization: ${abbreviated(unknown, SHOWN_FILES)}`,
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

function named(files: readonly { readonly file: string; readonly reason: string }[]): string[] {
  const more = files.length - SHOWN_FILES;
  return [
    ...files.slice(0, SHOWN_FILES).map(({ file, reason }) => `${file}: ${reason}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
