import type { WriteStream } from "node:tty";

/** A line of output; a dim one matters less. */
export type Line = string | { readonly dim: string };

const DIM = ["\u001b[2m", "\u001b[22m"] as const;

/** Prints lines, with colours only where a person sees them: on a terminal that has some. */
export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const coloured = hasColours(stream);
  stream.write(lines.map((line) => `${paint(line, coloured)}\n`).join(""));
}

/** Cells of a table as lines, columns aligned. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function paint(line: Line, coloured: boolean): string {
  if (typeof line === "string") return line;
  return coloured ? `${DIM[0]}${line.dim}${DIM[1]}` : line.dim;
}

/** Asks the terminal, which respects NO_COLOR and FORCE_COLOR. */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}
