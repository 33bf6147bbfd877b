import { diffLines } from "diff";

/** A line of a difference: kept, or only on one side. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** The smallest set of lines to remove and add. Line breaks, also a missing one at the end, are not compared. */
export function lineDiff(before: string, after: string): DiffLine[] {
  return diffLines(terminated(before), terminated(after), { stripTrailingCr: true }).flatMap(
    ({ added, removed, value }) => {
      const sign = added ? "+" : removed ? "-" : " ";
      return value
        .slice(0, -1)
        .split("\n")
        .map((text) => ({ sign, text }) as const);
    },
  );
}

/** The changed lines, each with its neighbours. */
export function withContext(lines: readonly DiffLine[], context = 1): DiffLine[] {
  return lines.filter((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== " "),
  );
}

function terminated(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
