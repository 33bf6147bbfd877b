/**
 * Characters that a terminal interprets instead of showing, or that change how others look: controls (Cc), including
 * the escape that starts a colour or moves the cursor; formats (Cf), such as those that reverse the reading direction;
 * and separators of lines and paragraphs. Tabs and line feeds are left to the layout.
 */
const OBEYED = /[^\P{Cc}\t\n]|[\p{Cf}\u2028\u2029]/gu;

/** In addition, characters that are invisible or look like a space, and unpaired surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Cf}\u2028\u2029]|[^\P{Zs} ]/gu;

const LONGEST_VALUE = 80;

/**
 * Escapes such characters, as `\u{202e}`: for everything that is printed. Text that is escaped already stays as it is.
 */
export function printable(text: string): string {
  return text.replace(OBEYED, escaped);
}

/** The same in one line: for a cell, a name, or anything else that must not begin a line of its own. */
export function printableLine(text: string): string {
  return text.replace(/[\t\n]/g, escaped).replace(OBEYED, escaped);
}

/** A value for the quotes of an error message: exact to its ends, in one line, and cut to a readable length. */
export function shownValue(text: string): string {
  const start = text.slice(0, LONGEST_VALUE * 2).replace(INVISIBLE, escaped);
  return start.length <= LONGEST_VALUE ? start : `${start.slice(0, LONGEST_VALUE - 1)}…`;
}

/** The same for a path, whose end is the most informative part. */
export function shownPath(path: string): string {
  return path.replace(INVISIBLE, escaped);
}

/** JSON for a page: characters that a browser interprets instead of showing are escaped, as for a terminal. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? printable(part) : part));
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16).padStart(2, "0") ?? ""}}`;
}
