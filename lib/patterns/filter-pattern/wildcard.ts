import { endOfPieces, starMatcher, type TextMatcher } from "../../support/wildcard";

/**
 * How `*` is read. "glob": any run of characters. "first-occurrence": the behaviour that older runs against AWS showed.
 * The text after a `*` is searched at its first occurrence only, so that `*.10` misses "10.10.10".
 */
export type WildcardRule = "glob" | "first-occurrence";

/** Compiles text with `*` to a test of a whole value. Case counts, and there is no way to escape a `*`. */
export function compileWildcard(wildcard: string, rule: WildcardRule): TextMatcher {
  const [first = "", ...rest] = wildcard.split("*");
  if (rule === "glob" || rest.length === 0) return starMatcher(wildcard);
  return (text) => {
    if (!text.startsWith(first)) return false;
    const end = endOfPieces(text, rest, { start: first.length });
    return end >= 0 && (rest.at(-1) === "" || end === text.length);
  };
}
