import type { WriteStream } from "node:tty";
import { flowing } from "./columns";
import { printable, printableLine } from "./printable";
import { table } from "./table";
import { widthOf } from "./terminal";

/** A line of output; dim lines are less important. */
export type Line = string | { readonly dim: string };

const DIM = ["\u001b[2m", "\u001b[22m"] as const;

/**
 * Prints lines, with colours only on a terminal that supports them, and no wider than the terminal. The text never
 * controls the terminal, whatever its source: see `printable`.
 */
export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const coloured = hasColours(stream);
  const width = widthOf(stream);
  stream.write(lines.map((line) => `${paint(line, coloured, width)}\n`).join(""));
}

/** Prints a message on standard error. */
export function printError(...lines: readonly Line[]): void {
  printLines(lines, process.stderr);
}

function paint(line: Line, coloured: boolean, width: number): string {
  if (typeof line === "string") return fitted(line, width);
  const text = fitted(line.dim, width);
  return coloured ? `${DIM[0]}${text}${DIM[1]}` : text;
}

/** Wraps prose to the width of the terminal. JSON, and table rows of several lines, are laid out already. */
function fitted(line: string, width: number): string {
  const text = printable(line);
  return /\n|^[{[]/.test(text) ? text : flowing(text, width).join("\n");
}

/** Uses the terminal's own detection, which respects NO_COLOR and FORCE_COLOR. */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}

/** Cells of a table as lines with aligned columns, no wider than the terminal. */
export function aligned(rows: readonly (readonly string[])[], options: { readonly indent?: number } = {}): string[] {
  // Escape before measuring: escaped text is longer.
  const cells = rows.map((row) => row.map(printableLine));
  return table(cells, { ...options, width: widthOf(process.stdout) });
}
