import { columnsOf, cut } from "./columns";

/** A word with the spaces before it. What stands in quotes is one word: it may be a command to copy. */
const WORD = /(\s*)((?:(?<![^\s(])'[^']*'(?!\w)|\S)+)/g;

/** A part of a word that is wider than a line. */
const PIECE = /[^-/_:.,=@]*[-/_:.,=@]|[^-/_:.,=@]+/g;

/** A key before its value: `    fix:  …`. */
const KEY = /^( *\S(?:.{0,22}\S)? {2,})(?=\S)/;

/** A link that is broken can be neither clicked nor copied. */
const LINK = /^\W?https?:\/\//;

/** The smallest width in which no word is broken. */
export function leastWidthOf(text: string): number {
  const indent = indentOf(text);
  return text.split(/\s+/).reduce((most, word) => Math.max(most, word === "" ? 0 : indent + columnsOf(word)), 0);
}

/** How many spaces a text begins with. */
export function indentOf(text: string): number {
  return (/^ */.exec(text)?.[0] ?? "").length;
}

/**
 * A line of prose as lines of at most that width. The further ones are indented beneath the value where the line begins
 * with a key and two spaces, else beneath the first word. Words stay whole; one that is wider than a line breaks after
 * a hyphen, slash or the like, else anywhere, and no link does. Time grows with the length of the line.
 *
 * @param hangingBy columns of that indent, in place of these rules
 */
export function flowing(line: string, width: number, hangingBy?: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const hanging = hangingBy ?? usualIndent(line, width);
  const lines: string[] = [];
  let [current, columns, indent] = ["", 0, indentOf(line)];
  for (const { gap, word } of wordsOf(line, width - hanging)) {
    const next = (current === "" ? " ".repeat(indent) : gap) + word;
    const more = columnsOf(next);
    if (columns + more <= width) {
      current += next;
      columns += more;
      continue;
    }
    if (current !== "") {
      lines.push(current);
      indent = hanging;
    }
    const parts = broken(word, width, indent);
    current = parts.pop() ?? "";
    columns = columnsOf(current);
    for (const part of parts) lines.push(part);
  }
  return [...lines, current];
}

function usualIndent(line: string, width: number): number {
  const key = columnsOf(KEY.exec(line)?.[0] ?? "");
  return key > 0 && key <= width / 2 ? key : indentOf(line) + 2;
}

/** Words with the spaces before them. Quotes hold several words together where they fit in a line. */
function* wordsOf(line: string, room: number): Generator<{ readonly gap: string; readonly word: string }> {
  for (const [, gap = "", word = ""] of line.matchAll(WORD)) {
    if (columnsOf(word) <= room) yield { gap, word };
    else for (const [, space = "", part = ""] of word.matchAll(/(\s*)(\S+)/g)) yield { gap: space || gap, word: part };
  }
}

/** A word with its indent, or as much of it as leaves the word whole; in several lines where it is wider than one. */
function broken(word: string, width: number, indent: number): string[] {
  const columns = columnsOf(word);
  if (columns <= width) return [" ".repeat(Math.min(indent, width - columns)) + word];
  if (LINK.test(word)) return [word];
  const margin = " ".repeat(indent);
  const room = Math.max(1, width - indent);
  const lines: string[] = [];
  let [current, taken] = ["", 0];
  for (const piece of (word.match(PIECE) ?? []).flatMap((long) => cut(long, room))) {
    const more = columnsOf(piece);
    if (current !== "" && taken + more > room) {
      lines.push(margin + current);
      [current, taken] = ["", 0];
    }
    current += piece;
    taken += more;
  }
  return [...lines, margin + current];
}

/** A word of a command line with its quotes; an option with its value. */
const COMMAND_WORD = /(?:--[\w-]+ (?=[\w']))?(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** Ends a line of a command that goes on in the next one. */
const CONTINUED = " \\";

/** A command line as lines of at most that width where its words permit, which a shell reads as one when they are copied. */
export function continued(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const [indent = ""] = /^ *(?:\$ )?/.exec(line) ?? [];
  const hanging = " ".repeat(indent.length + 2);
  const lines: string[] = [];
  let current = "";
  for (const word of line.slice(indent.length).match(COMMAND_WORD) ?? []) {
    const next = current === "" ? indent + word : `${current} ${word}`;
    if (current === "" || columnsOf(next + CONTINUED) <= width) {
      current = next;
    } else {
      lines.push(current + CONTINUED);
      current = hanging + word;
    }
  }
  return [...lines, current];
}
