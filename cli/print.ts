import type { WriteStream } from "node:tty";
import { table } from "../lib/support/table";
import { widthOf } from "../lib/support/terminal";

/** A line of output; a dim one matters less. */
export type Line = string | { readonly dim: string };

const DIM = ["\u001b[2m", "\u001b[22m"] as const;

/** Prints lines, with colours only where a person sees them: on a terminal that has some. */
export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const coloured = hasColours(stream);
  stream.write(lines.map((line) => `${paint(line, coloured)}\n`).join(""));
}

/** Cells of a table as lines, columns aligned; on a terminal no wider than it is. */
export function aligned(rows: readonly (readonly string[])[], options: { readonly indent?: number } = {}): string[] {
  return table(rows, { ...options, width: widthOf(process.stdout) });
}

function paint(line: Line, coloured: boolean): string {
  if (typeof line === "string") return line;
  return coloured ? `${DIM[0]}${line.dim}${DIM[1]}` : line.dim;
}

/** Asks the terminal, which respects NO_COLOR and FORCE_COLOR. */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}
