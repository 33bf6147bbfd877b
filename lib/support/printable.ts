/**
 * Characters that a terminal obeys instead of showing, or that change how others look: controls (Cc), among them the
 * escape that begins a colour or moves the cursor; formats (Cf), such as those that reverse the reading direction; and
 * separators of lines and paragraphs. Tabs and line feeds are left to the layout.
 */
const OBEYED = /[^\P{Cc}\t\n]|[\p{Cf}\u2028\u2029]/gu;

/** Besides those, what looks like nothing or like a space, and halves of characters. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Cf}\u2028\u2029]|[^\P{Zs} ]/gu;

const LONGEST_VALUE = 80;

/** The text with such characters written out, as `\u{202e}`: for everything that is printed. Keeps what is written out. */
export function printable(text: string): string {
  return text.replace(OBEYED, escaped);
}

/** The same in one line: for a cell, a name, or anything else that must not begin a line of its own. */
export function printableLine(text: string): string {
  return text.replace(/[\t\n]/g, escaped).replace(OBEYED, escaped);
}

/** A value as it stands between the quotes of an error: exact to its ends, in one line, no longer than is read. */
export function shownValue(text: string): string {
  const start = text.slice(0, LONGEST_VALUE * 2).replace(INVISIBLE, escaped);
  return start.length <= LONGEST_VALUE ? start : `${start.slice(0, LONGEST_VALUE - 1)}…`;
}

/** The same for a path, of which the end says most. */
export function shownPath(path: string): string {
  return path.replace(INVISIBLE, escaped);
}

/** JSON for a page: in its texts, what a browser obeys instead of showing is written out, as for a terminal. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? printable(part) : part));
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16).padStart(2, "0") ?? ""}}`;
}
