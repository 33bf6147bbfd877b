import type { WriteStream } from "node:tty";
import { continued, flowing } from "./wrap";
import { printable, printableLine } from "./printable";
import { table, type TableOptions } from "./table";
import { widthOf } from "./terminal";

/**
 * What a part of a line is, and the codes that begin and end it on a terminal: SGR parameters of ECMA-48. A tone never
 * says anything that the text does not say too.
 */
const TONES = {
  /** Less important. */
  dim: [2, 22],
  /** More important, such as a heading. */
  strong: [1, 22],
  /** A failure, or what pages people. */
  bad: [31, 39],
  /** What is uncertain or can wait. */
  warn: [33, 39],
  good: [32, 39],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type Tone = keyof typeof TONES;

/** A text with its tone: `{ dim: "…" }`. */
type Toned = { readonly [T in Tone]: Readonly<Record<T, string>> }[Tone];

/** A text, or a text with its tone. */
export type Part = string | Toned;

/**
 * A line of output: a part, or several without anything between them. A command is to be copied: where it is too wide,
 * it goes on in the next line as a shell reads it.
 */
export type Line = Part | readonly Part[] | { readonly command: string };

/** A text with a tone that may be missing. */
export function toned(tone: Tone | undefined, text: string): Part {
  // TypeScript does not narrow a computed key.
  return tone === undefined ? text : ({ [tone]: text } as Record<Tone, string>);
}

/** A line whose beginning has a tone, such as the first cell of a row. */
export function leading(tone: Tone | undefined, line: string, beginning: string): Line {
  const at = line.indexOf(beginning);
  if (tone === undefined || beginning === "" || at === -1) return line;
  const end = at + beginning.length;
  return [line.slice(0, at), toned(tone, line.slice(at, end)), line.slice(end)];
}

/** The text of a line. */
export function plainText(line: Line): string {
  return partsOf(line)
    .map(([text]) => text)
    .join("");
}

/**
 * Prints lines, with colours only on a terminal that supports them, and no wider than the terminal. The text never
 * controls the terminal, whatever its source: see `printable`.
 */
export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const isColoured = hasColours(stream);
  const width = widthOf(stream);
  stream.write(lines.map((line) => `${paint(line, isColoured, width)}\n`).join(""));
}

/** Prints a message on standard error. */
export function printError(...lines: readonly Line[]): void {
  printLines(lines, process.stderr);
}

function paint(line: Line, isColoured: boolean, width: number): string {
  if (isCommand(line)) return continued(printable(line.command), width).join("\n");
  const parts = partsOf(line).map(([text, tone]) => [printable(text), tone] as const);
  const text = fitted(parts.map(([part]) => part).join(""), width);
  return isColoured ? coloured(text, parts) : text;
}

function isCommand(line: Line): line is { readonly command: string } {
  return typeof line === "object" && "command" in line;
}

function partsOf(line: Line): (readonly [string, Tone | undefined])[] {
  if (isCommand(line)) return [[line.command, undefined]];
  const parts: readonly Part[] = Array.isArray(line) ? (line as readonly Part[]) : [line as Part];
  return parts.map((part) => {
    if (typeof part === "string") return [part, undefined] as const;
    const [entry] = Object.entries(part) as [Tone, string][];
    return [entry?.[1] ?? "", entry?.[0]] as const;
  });
}

/** Wraps prose to the width of the terminal. JSON and tables of Markdown are for programs: they stay as they are. */
function fitted(text: string, width: number): string {
  if (width === Infinity || /^[{[|]/.test(text)) return text;
  return text
    .split("\n")
    .flatMap((line) => flowing(line, width))
    .join("\n");
}

/** Puts the codes around the parts of a text that was wrapped meanwhile: wrapping changes only spaces and line feeds. */
function coloured(text: string, parts: readonly (readonly [string, Tone | undefined])[]): string {
  let [at, painted] = [0, ""];
  for (const [part, tone] of parts) {
    let left = part.replace(/\s/g, "").length;
    const start = at;
    while (left > 0) {
      if (/\S/.test(text[at] ?? "")) left -= 1;
      at += 1;
    }
    painted += withCodes(text.slice(start, at), tone);
  }
  return painted + text.slice(at);
}

function withCodes(text: string, tone: Tone | undefined): string {
  if (tone === undefined || text === "") return text;
  const [start, end] = TONES[tone];
  return `\u001b[${start}m${text}\u001b[${end}m`;
}

/**
 * Uses the terminal's own detection: FORCE_COLOR decides where it is set, then NO_COLOR and TERM=dumb turn colours off.
 */
function hasColours(stream: NodeJS.WriteStream | WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}

/** Cells of a table as lines with aligned columns, no wider than the terminal. */
export function aligned(rows: readonly (readonly string[])[], options: Omit<TableOptions, "width"> = {}): string[] {
  // Escape before measuring: escaped text is longer.
  const cells = rows.map((row) => row.map(printableLine));
  return table(cells, { ...options, width: widthOf(process.stdout) });
}
