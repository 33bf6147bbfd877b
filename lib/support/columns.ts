/** What people see as one character, which may be several code points. */
const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Characters that take no column by themselves. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** Characters that take two columns: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;

/** How many columns of a terminal a text without control characters takes. */
export function columnsOf(text: string): number {
  return charactersOf(text).reduce((columns, character) => columns + columnsOfCharacter(character), 0);
}

/** The text, or its beginning and "…" where it is wider. */
export function truncated(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${beginningOf(text, width - 1)}…`;
}

/** Places where a line may break: after a space, and within a word after a hyphen, slash or similar. */
const PIECE = /\s+|[^\s\-/_:.,=@]*(?:[-/_:.,=@]+|(?=\s)|$)/g;

/** The parts of a text that stay in one line where they fit. */
function piecesOf(text: string): string[] {
  return (text.match(PIECE) ?? []).filter((piece) => piece !== "");
}

/** The smallest width in which no part of a word is broken. */
export function leastWidthOf(text: string): number {
  return Math.max(0, ...piecesOf(text.trim()).map((piece) => columnsOf(piece.trim())));
}

/**
 * The text as lines of at most that width. It breaks at spaces; a word that is wider than a line breaks after a hyphen,
 * slash or the like, else anywhere.
 */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (columnsOf(rest) > width) {
    const fitting = beginningOf(rest, width);
    const end = rest[fitting.length] === " " ? fitting.length : breakIn(fitting);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === "" && lines.length > 0 ? lines : [...lines, rest];
}

/** A key before its value: `    fix:  …`. */
const KEY = /^( *\S(?:.{0,22}\S)? {2,})(?=\S)/;

/** A link that is broken can be neither clicked nor copied. */
const LINK = /^\W?https?:\/\//;

/**
 * A line of prose as lines of at most that width. The further ones are indented beneath the value where the line begins
 * with a key and two spaces, else beneath the first word. Words stay whole; only one that is wider than a line breaks,
 * and no link does.
 *
 * @param hangingBy columns of that indent, in place of these rules
 */
export function flowing(line: string, width: number, hangingBy?: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const key = KEY.exec(line)?.[0] ?? "";
  const usual = key !== "" && columnsOf(key) <= width / 2 ? columnsOf(key) : indent.length + 2;
  const hanging = " ".repeat(hangingBy ?? usual);
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(/(?<=\S)(?= )/)) {
    const isFirst = current.trim() === "";
    const next = isFirst ? word.trimStart() : word;
    if (columnsOf(current + next) <= width) {
      current += next;
      continue;
    }
    if (!isFirst) lines.push(current);
    const [only = "", ...rest] = broken(word.trimStart(), width, isFirst ? indent : hanging);
    current = [only, ...rest].at(-1) ?? "";
    lines.push(...[only, ...rest].slice(0, -1));
  }
  return [...lines, current];
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

/** A word with its indent; in several lines where it is wider than one. */
function broken(word: string, width: number, indent: string): string[] {
  if (columnsOf(indent + word) <= width) return [indent + word];
  if (columnsOf(word) <= width || LINK.test(word)) return [word];
  return wrapped(word, Math.max(1, width - indent.length)).map((piece) => indent + piece);
}

function breakIn(line: string): number {
  const space = line.lastIndexOf(" ");
  // Do not break at spaces before the first word.
  if (line.slice(0, space + 1).trim() !== "") return space;
  const pieces = piecesOf(line);
  const last = pieces.at(-1) ?? "";
  return pieces.length > 1 && !/[-/_:.,=@]$/.test(last) && line.slice(0, -last.length).trim() !== ""
    ? line.length - last.length
    : line.length;
}

/** As much of the text as fits, at least one character: a loop over the rest must end. */
function beginningOf(text: string, width: number): string {
  let [columns, beginning] = [0, ""];
  for (const character of charactersOf(text)) {
    columns += columnsOfCharacter(character);
    if (columns > width && beginning !== "") break;
    beginning += character;
  }
  return beginning;
}

function charactersOf(text: string): string[] {
  return Array.from(CHARACTERS.segment(text), ({ segment }) => segment);
}

function columnsOfCharacter(character: string): number {
  if (EMPTY.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
