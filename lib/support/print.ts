import type { WriteStream } from "node:tty";
import { printable } from "./printable";

/** A line of output; a dim one matters less. */
export type Line = string | { readonly dim: string };

const DIM = ["\u001b[2m", "\u001b[22m"] as const;

/**
 * Prints lines, with colours only where a person sees them: on a terminal that has some. The text itself is never
 * obeyed by the terminal, whatever it came from: see `printable`.
 */
export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const coloured = hasColours(stream);
  stream.write(lines.map((line) => `${paint(line, coloured)}\n`).join(""));
}

/** Prints a message on standard error. */
export function printError(...lines: readonly Line[]): void {
  printLines(lines, process.stderr);
}

function paint(line: Line, coloured: boolean): string {
  if (typeof line === "string") return printable(line);
  const text = printable(line.dim);
  return coloured ? `${DIM[0]}${text}${DIM[1]}` : text;
}

/** Asks the terminal, which respects NO_COLOR and FORCE_COLOR. */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}
