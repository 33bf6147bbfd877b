import { TokenizedStringFragments, type IResolvable } from "cdktf";
import type { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version";

/** A text whose tokens cdktf 0.21 looks for. Source: cdktf/lib/tokens/private/encoding.js. */
interface TokenText {
  readonly str: string;
  readonly includeEscapeSequences: boolean;
  readonly warnIfEscapeSequences: boolean;
}

type Split = (this: TokenText, lookup: (key: string) => IResolvable | undefined) => TokenizedStringFragments;

/** A token and its key, or the beginning or the end of another `${…}`. Source: the same file, `VALID_KEY_CHARS`. */
const MARKS = /\$\{TfToken\[([a-zA-Z0-9:._-]+)\]\}|\$\{(?!TfToken\[)|\}/g;

/**
 * From each `}` of a text, cdktf looks for the next token and the next `${`, often through to the end: time that grows
 * with the square of the length of a policy or a dashboard. This divides such texts in a single pass.
 */
export function splittingInOnePass(byCdktf: Split): Split {
  return function split(lookup) {
    if (!this.includeEscapeSequences || this.warnIfEscapeSequences) return byCdktf.call(this, lookup);
    const fragments = new TokenizedStringFragments();
    let end = 0;
    for (const { 0: mark, 1: key, index } of this.str.matchAll(MARKS)) {
      if (index > end) fragments.addLiteral(this.str.substring(end, index));
      end = index + mark.length;
      const token = key === undefined ? undefined : lookup(key);
      if (key === undefined) fragments.addEscape(mark === "}" ? "close" : "open");
      else if (token === undefined) fragments.addLiteral(mark);
      else fragments.addToken(token);
    }
    if (end < this.str.length) fragments.addLiteral(this.str.substring(end));
    return fragments;
  };
}

/** Caches the ids of elements, a few hundred in all, because paths begin below the stack. */
export function remembering(idOf: (path: string[]) => string): (path: string[]) => string {
  const ids = new Map<string, string>();
  return (path) => {
    const key = path.join("/");
    const id = ids.get(key) ?? idOf(path);
    ids.set(key, id);
    return id;
  };
}

/** A version that fits once is not asked for again, in this process and for the same `PATH`. */
export function untilItPasses(byCdktf: () => string[]): () => string[] {
  const passed = new Set<string>();
  return function validate(this: ValidateBinaryVersion): string[] {
    const question = JSON.stringify([this, process.env.PATH]);
    if (passed.has(question)) return [];
    const problems = byCdktf.call(this);
    if (problems.length === 0) passed.add(question);
    return problems;
  };
}
