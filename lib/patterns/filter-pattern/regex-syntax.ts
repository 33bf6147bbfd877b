import { FilterPatternError } from "./filter-pattern-error";

/** Which characters one place of an expression admits, by code point. */
export type CharacterSet = (codePoint: number) => boolean;

/** One character, repeated, or one end of the tested text. */
export type RegexItem =
  | {
      readonly kind: "characters";
      readonly set: CharacterSet;
      /** The set as other languages write it: one character, or a class in brackets. */
      readonly standard: string;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: "start" | "end" };

/** RE2's limit; what CloudWatch allows is not published. */
const MAX_REPEAT = 1000;

const OPERATORS = "^$?[]{}|*+.\\";
const PLAIN = /[A-Za-z0-9:_#=@/;, -]/;
const DIGIT: CharacterSet = (c) => c >= 48 && c <= 57;
const WORD: CharacterSet = (c) => DIGIT(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
const SPACE: CharacterSet = (c) => c === 32 || (c >= 9 && c <= 13);
/** Their members are spelled out in ASCII: other languages count further digits, letters or blanks to them. */
const CLASSES: Readonly<Record<string, Character>> = {
  d: { set: DIGIT, standard: "0-9" },
  D: { set: (c) => !DIGIT(c), standard: String.raw`\x00-\x2F\x3A-\x{10FFFF}` },
  s: { set: SPACE, standard: String.raw`\x09-\x0D\x20` },
  S: { set: (c) => !SPACE(c), standard: String.raw`\x00-\x08\x0E-\x1F\x21-\x{10FFFF}` },
  w: { set: WORD, standard: "A-Za-z0-9_" },
  W: { set: (c) => !WORD(c), standard: String.raw`\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\x{10FFFF}` },
};

/** Any character, also one that ends a line. */
const ANY: Character = { set: () => true, standard: String.raw`\s\S` };

/** Parses the text between two `%` to its alternatives. CloudWatch has no groups, so each is a plain sequence. */
export function parseRegex(source: string, offset: number): RegexItem[][] {
  return new RegexParser(source, offset).parse();
}

class RegexParser {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly offset: number,
  ) {}

  parse(): RegexItem[][] {
    const alternatives = [this.sequence()];
    while (this.take("|")) alternatives.push(this.sequence());
    return alternatives;
  }

  private sequence(): RegexItem[] {
    const items: RegexItem[] = [];
    while (this.at < this.source.length && this.next !== "|") items.push(this.item());
    if (items.length === 0) this.fail("a regular expression, and each part between '|', must not be empty");
    return items;
  }

  private item(): RegexItem {
    if (this.take("^")) return { kind: "start" };
    if (this.take("$")) return { kind: "end" };
    const { set, standard } = this.take("[") ? this.bracket() : this.take(".") ? ANY : this.character();
    return { kind: "characters", set, standard: standardSet(standard), ...this.quantifier() };
  }

  private quantifier(): { min: number; max: number } {
    const quantity = this.quantity();
    if (quantity === undefined) return { min: 1, max: 1 };
    if ("?*+{".includes(this.next) && this.next !== "") this.fail("a repetition must not follow another");
    return quantity;
  }

  private quantity(): { min: number; max: number } | undefined {
    if (this.take("?")) return { min: 0, max: 1 };
    if (this.take("*")) return { min: 0, max: Infinity };
    if (this.take("+")) return { min: 1, max: Infinity };
    if (!this.take("{")) return undefined;
    const bounds = /^(?:(\d{1,4})|(\d{0,4}),(\d{0,4}))\}/.exec(this.source.slice(this.at));
    if (bounds === null || bounds[0] === ",}") this.fail("expected {n}, {n,}, {,n} or {m,n}");
    this.at += bounds[0].length;
    const [, exactly, least, most] = bounds;
    const min = Number(exactly ?? least);
    const max = exactly ?? most;
    return this.bounded(min, max === "" || max === undefined ? Infinity : Number(max));
  }

  private bounded(min: number, max: number): { min: number; max: number } {
    if (min > max) this.fail(`a repetition must not go from ${min} down to ${max}`);
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) {
      this.fail(`a repetition must be at most ${MAX_REPEAT}`);
    }
    return { min, max };
  }

  /** Behind `[`. */
  private bracket(): Character {
    const negated = this.take("^");
    const sets: Character[] = [];
    while (!this.take("]")) {
      if (this.at >= this.source.length) this.fail("'[' must be closed with ']'");
      sets.push(this.range());
    }
    if (sets.length === 0) this.fail("'[]' must hold at least one character");
    return {
      set: (c) => sets.some(({ set }) => set(c)) !== negated,
      standard: (negated ? "^" : "") + sets.map(({ standard }) => standard).join(""),
    };
  }

  private range(): Character {
    const from = this.bracketCharacter();
    if (from.codePoint === undefined || this.next !== "-" || this.source.charAt(this.at + 1) === "]") return from;
    this.at += 1;
    const to = this.bracketCharacter();
    if (to.codePoint === undefined || to.codePoint < from.codePoint) this.fail("a range must go upwards, as in [a-z]");
    const [low, high] = [from.codePoint, to.codePoint];
    return { set: (c) => c >= low && c <= high, standard: `${from.standard}-${to.standard}` };
  }

  /** Within brackets, operators are literal characters. */
  private bracketCharacter(): Character {
    const literal = this.next;
    if ("^$?{}|*+.[".includes(literal) && literal !== "") {
      this.at += 1;
      return exactly(literal.charCodeAt(0));
    }
    return this.character();
  }

  private character(): Character {
    const literal = this.next;
    if (literal === "\\") return this.escape();
    if (literal === "?" || literal === "*" || literal === "+" || literal === "{") {
      this.fail(`'${literal}' must follow what it repeats`);
    }
    if (!PLAIN.test(literal)) {
      const hint = literal !== "" && OPERATORS.includes(literal) ? `write '\\${literal}'` : "write \\x and its code";
      this.fail(literal === "" ? "the regular expression ends too early" : `'${literal}' must not stand here: ${hint}`);
    }
    this.at += 1;
    return exactly(literal.charCodeAt(0));
  }

  private escape(): Character {
    const hex = /^\\x([0-9A-Fa-f]{2})/.exec(this.source.slice(this.at, this.at + 4))?.[1];
    if (hex !== undefined) {
      this.at += 4;
      return exactly(parseInt(hex, 16));
    }
    const escaped = this.source.charAt(this.at + 1);
    const set = Object.hasOwn(CLASSES, escaped) ? CLASSES[escaped] : undefined;
    if (set === undefined && !/[\^$?[\]{}|*+.\\:_#=@/;, -]/.test(escaped)) {
      this.fail(`'\\${escaped}' must be \\d, \\D, \\s, \\S, \\w, \\W, \\xHH or an escaped operator`);
    }
    this.at += 2;
    return set ?? exactly(escaped.charCodeAt(0));
  }

  private get next(): string {
    return this.source.charAt(this.at);
  }

  private take(literal: string): boolean {
    if (this.next !== literal) return false;
    this.at += 1;
    return true;
  }

  private fail(message: string): never {
    throw new FilterPatternError(message, this.offset + this.at);
  }
}

interface Character {
  readonly set: CharacterSet;
  /** As it stands within brackets in other languages. */
  readonly standard: string;
  /** Undefined for a class such as `\d`. */
  readonly codePoint?: number;
}

function exactly(codePoint: number): Character {
  return { codePoint, set: (c) => c === codePoint, standard: standardCharacter(String.fromCharCode(codePoint)) };
}

/** A set outside brackets. */
function standardSet(standard: string): string {
  if (standard === "\\-") return "-";
  return /^(.|\\[^sSx]|\\x..)$/.test(standard) ? standard : `[${standard}]`;
}

/** One character so that it means itself within and outside brackets in RE2, Java and JavaScript. */
function standardCharacter(character: string): string {
  if (/[A-Za-z0-9_:#=@/;,]/.test(character)) return character;
  if (/[\^$?[\]{}|*+.\\-]/.test(character)) return `\\${character}`;
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
}
