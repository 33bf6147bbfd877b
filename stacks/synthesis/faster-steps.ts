import type { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version";

/** A text whose tokens cdktf 0.21 looks for. Source: cdktf/lib/tokens/private/encoding.js. */
interface TokenText {
  str: string;
  hasExpression?: boolean;
}

type NextEscape = (
  this: TokenText,
  ...args: [fragments: unknown, from: number, depth: number, to: number]
) => { index: number; escapeDepth: number };

/** The beginning of an expression that is no token, as cdktf 0.21 looks for it. */
const EXPRESSION = /\$\{(?!TfToken\[)/;

/**
 * Before each token of a text, and again after each `}`, cdktf looks for `${` and `}` through to the end of the text,
 * and discards what is behind the token: time that grows with the square of the length of a policy or a dashboard. In a
 * text without `${`, each `}` is text. Of another, this hides what is discarded.
 */
export function lookingUpToTheToken(byCdktf: NextEscape): NextEscape {
  return function nextEscapeToken(...args) {
    const [, , depth, to] = args;
    const whole = this.str;
    this.hasExpression ??= EXPRESSION.test(whole);
    if (!this.hasExpression) return { index: -1, escapeDepth: depth };
    this.str = whole.substring(0, to);
    try {
      return byCdktf.call(this, ...args);
    } finally {
      this.str = whole;
    }
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
