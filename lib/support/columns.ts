/** What people see as one character, which may be several code points. */
const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Characters that take no column by themselves. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** Characters that take two columns: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;

/** After these a word may go on in the next line. */
const BREAK_AFTER = /^.+[-/_:.,=@]/s;

/** How many columns of a terminal a text without control characters takes. */
export function columnsOf(text: string): number {
  return charactersOf(text).reduce((columns, character) => columns + columnsOfCharacter(character), 0);
}

/** The text, or its beginning and "…" where it is wider. */
export function truncated(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${beginningOf(text, width - 1)}…`;
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

function breakIn(line: string): number {
  const space = line.lastIndexOf(" ");
  // Spaces ahead of the first word are no place to break.
  if (line.slice(0, space + 1).trim() !== "") return space;
  return BREAK_AFTER.exec(line)?.[0].length ?? line.length;
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
