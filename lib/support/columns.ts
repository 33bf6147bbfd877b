/** What people see as one character, which may be several code points. */
const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Text of which each character takes one column. Dividing any other text into characters takes longer. */
const ASCII = /^[ -~]*$/;

/** As much is divided at a time: the time that the segmenter takes grows with the square of the length. */
const CHUNK = 256;

/** Characters that take no column by themselves. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** Characters that take two columns: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;

/** How many columns of a terminal a text without control characters takes. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of charactersOf(text)) columns += columnsOfCharacter(character);
  return columns;
}

/** The text, or its beginning and "…" where it is wider. */
export function truncated(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${cut(text, width - 1)[0] ?? ""}…`;
}

/** The text in parts of at most that many columns, at least one character each. */
export function cut(text: string, width: number): string[] {
  const parts: string[] = [];
  let [part, columns] = ["", 0];
  for (const character of charactersOf(text)) {
    const more = columnsOfCharacter(character);
    if (part !== "" && columns + more > width) {
      parts.push(part);
      [part, columns] = ["", 0];
    }
    part += character;
    columns += more;
  }
  return [...parts, part];
}

function* charactersOf(text: string): Generator<string, void> {
  if (ASCII.test(text)) {
    yield* text;
    return;
  }
  for (let at = 0; at < text.length;) {
    const some = Array.from(CHARACTERS.segment(text.slice(at, at + CHUNK)), ({ segment }) => segment);
    // The last one may go on in the next chunk.
    if (at + CHUNK < text.length && some.length > 1) some.pop();
    yield* some;
    at += some.join("").length;
  }
}

function columnsOfCharacter(character: string): number {
  if (EMPTY.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
