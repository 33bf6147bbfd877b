import type { WriteStream } from "node:tty";
import { flowing } from "../lib/support/columns";
import { table } from "../lib/support/table";
import { widthOf } from "../lib/support/terminal";

/** A line of output; a dim one matters less. */
export type Line = string | { readonly dim: string };

const DIM = ["\u001b[2m", "\u001b[22m"] as const;

/** Prints lines, with colours only where a person sees them: on a terminal that has some. */
export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const coloured = hasColours(stream);
  const width = widthOf(stream);
  stream.write(lines.map((line) => `${paint(fitted(line, width), coloured)}\n`).join(""));
}

/** Cells of a table as lines, columns aligned; on a terminal no wider than it is. */
export function aligned(rows: readonly (readonly string[])[], options: { readonly indent?: number } = {}): string[] {
  return table(rows, { ...options, width: widthOf(process.stdout) });
}

/** Prose, in lines of the terminal. JSON, and rows of a table that has several lines, are laid out already. */
function fitted(line: Line, width: number): Line {
  const text = typeof line === "string" ? line : line.dim;
  if (/\n|^[{[]/.test(text)) return line;
  const fitting = flowing(text, width).join("\n");
  return typeof line === "string" ? fitting : { dim: fitting };
}

function paint(line: Line, coloured: boolean): string {
  if (typeof line === "string") return line;
  return coloured ? `${DIM[0]}${line.dim}${DIM[1]}` : line.dim;
}

/** Asks the terminal, which respects NO_COLOR and FORCE_COLOR. */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}
