import type { ReplayReport } from "../../signals";
import { printLines } from "../../lib/support/print";
import { leftOutText } from "./left-out-text";

/** Some records could not be read, or there were none: the result is incomplete. */
export const EXIT_UNREADABLE = 2;

type Totals = Omit<ReplayReport, "detections">;

interface Printed {
  readonly paths: readonly string[];
  /** Whether omissions were already printed. */
  readonly isComplete: boolean;
}

/** Ends a command that read records: lists what was not read, and sets the exit code. */
export function finishReading(totals: Totals, { paths, isComplete }: Printed): void {
  const nothing = nothingRead(totals, paths);
  const left = isComplete ? [] : leftOutText(totals);
  printLines([...left, ...(nothing === undefined ? [] : [nothing])], process.stderr);
  if (nothing !== undefined || totals.unreadable.length > 0) process.exitCode = EXIT_UNREADABLE;
}

/** Why there was no record at all, in a sentence; undefined if there was one, at any time. */
function nothingRead(totals: Totals, paths: readonly string[]): string | undefined {
  const { records, outOfTime, unreadable, skipped } = totals;
  if (records + outOfTime > 0) return undefined;
  const reasons = [
    ...(unreadable.length === 0 ? [] : [`${unreadable.length} could not be read`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped by name`]),
  ];
  const why = reasons.length === 0 ? "there are no files, or only empty lists in them" : reasons.join(", ");
  return `No record was read from ${paths.join(", ")}: ${why}.`;
}
