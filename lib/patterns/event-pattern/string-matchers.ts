import { piecesMatcher } from "../../support/wildcard";
import { EventPatternError } from "./event-pattern-error";

/** Whether one value of an event, never an object or an array, matches a pattern. */
export type LeafMatcher = (value: unknown) => boolean;

/** The operators that apply to strings only, each built from one string of the pattern. */
export const STRING_MATCHERS: Readonly<Record<string, (text: string, path: string) => (value: string) => boolean>> = {
  prefix: (text) => (value) => value.startsWith(text),
  suffix: (text) => (value) => value.endsWith(text),
  "equals-ignore-case": (text) => {
    const folded = text.toLowerCase();
    return (value) => value.toLowerCase() === folded;
  },
  wildcard: compileWildcard,
};

/** The same with case ignored, for `{"prefix": {"equals-ignore-case": "x"}}`. */
export function ignoringCase(operator: "prefix" | "suffix", text: string): (value: string) => boolean {
  const folded = text.toLowerCase();
  return operator === "prefix"
    ? (value) => value.toLowerCase().startsWith(folded)
    : (value) => value.toLowerCase().endsWith(folded);
}

/** `*` is any run of characters, `\*` an asterisk and `\\` a backslash. Linear in the value. */
function compileWildcard(text: string, path: string): (value: string) => boolean {
  const pieces = [""];
  for (const [token] of text.matchAll(/\\[^]?|\*+|[^\\*]+/g)) {
    if (token === "*") pieces.push("");
    else if (token.startsWith("*")) throw new EventPatternError(`'wildcard' must not hold '**', got '${text}'`, path);
    else if (token === "\\*" || token === "\\\\") append(pieces, token.slice(1));
    else if (token.startsWith("\\")) {
      throw new EventPatternError(`'wildcard' must have '*' or '\\' behind a backslash, got '${text}'`, path);
    } else append(pieces, token);
  }
  return piecesMatcher(pieces);
}

function append(pieces: string[], text: string): void {
  pieces.push(`${pieces.pop() ?? ""}${text}`);
}
