import type { WriteStream } from "node:tty";
import { flowing } from "./columns";
import { printable, printableLine } from "./printable";
import { table } from "./table";
import { widthOf } from "./terminal";

/** A line of output; a dim one matters less. */
export type Line = string | { readonly dim: string };

const DIM = ["\u001b[2m", "\u001b[22m"] as const;

/**
 * Prints lines, with colours only on a terminal that has some, and no wider than it is. The text itself never controls
 * the terminal, whatever it came from: see `printable`.
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

/** Prose, in lines of the terminal. JSON, and rows of a table that has several lines, are laid out already. */
function fitted(line: string, width: number): string {
  const text = printable(line);
  return /\n|^[{[]/.test(text) ? text : flowing(text, width).join("\n");
}

/** Uses the terminal's own detection, which respects NO_COLOR and FORCE_COLOR. */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}

/** Cells of a table as lines, columns aligned; on a terminal no wider than it is. */
export function aligned(rows: readonly (readonly string[])[], options: { readonly indent?: number } = {}): string[] {
  // Before they are measured: what is written out is longer.
  const cells = rows.map((row) => row.map(printableLine));
  return table(cells, { ...options, width: widthOf(process.stdout) });
}
