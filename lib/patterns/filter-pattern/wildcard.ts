/**
 * How `*` is read. "glob": any run of characters. "first-occurrence": the behaviour that older runs against AWS showed.
 * The text after a `*` is searched at its first occurrence only, so that `*.10` misses "10.10.10".
 */
export type WildcardRule = "glob" | "first-occurrence";

/** Compiles text with `*` to a test of a whole value. Case counts, and there is no way to escape a `*`. */
export function compileWildcard(wildcard: string, rule: WildcardRule): (text: string) => boolean {
  const pieces = wildcard.split("*");
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return (text) => text === wildcard;
  if (rule === "first-occurrence") return (text) => fitsFirstOccurrences(text, first, pieces.slice(1));

  const middle = pieces.slice(1, -1).filter((piece) => piece !== "");
  const least = first.length + last.length;
  return (text) => {
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = endOfPieces(text, middle, first.length);
    return end >= 0 && end <= text.length - last.length;
  };
}

function fitsFirstOccurrences(text: string, first: string, rest: readonly string[]): boolean {
  if (!text.startsWith(first)) return false;
  const end = endOfPieces(text, rest, first.length);
  return end >= 0 && (rest.at(-1) === "" || end === text.length);
}

/** Where the last of the pieces ends when each is taken as early as possible; -1 when one is missing. */
function endOfPieces(text: string, pieces: readonly string[], start: number): number {
  let end = start;
  for (const piece of pieces) {
    const at = text.indexOf(piece, end);
    if (at < 0) return -1;
    end = at + piece.length;
  }
  return end;
}
