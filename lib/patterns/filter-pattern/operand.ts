import type { Lexer } from "./lexer";
import { compileRegex } from "./regex";
import { compileWildcard, type WildcardRule } from "./wildcard";

/** The right-hand side of a comparison. */
export type Operand =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean; readonly fits: (text: string) => boolean }
  | { readonly kind: "number"; readonly text: string; readonly value: number }
  | { readonly kind: "regex"; readonly source: string; readonly fits: (text: string) => boolean };

export type Ordering = ">" | ">=" | "<" | "<=";

/** One comparison, as in both JSON and space-delimited patterns. */
export type Comparison =
  | { readonly operator: "=" | "!="; readonly operand: Operand }
  | { readonly operator: Ordering; readonly operand: Extract<Operand, { kind: "number" }> };

/** A number in JSON's notation; CloudWatch also accepts a plus sign and leading zeros. */
export const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Source: CloudWatch Logs User Guide, filter pattern syntax. */
const MAX_REGEXES = 2;

const BARE_WORD = /[A-Za-z0-9_.+*-]+/y;
const OPERATOR = /!=|>=|<=|=|>|</y;

/** Reads an operator and what follows it; undefined, with nothing read, when there is no operator here. */
export function parseComparison(lexer: Lexer, wildcards: WildcardRule): Comparison | undefined {
  const operator = lexer.match(OPERATOR) as Comparison["operator"] | undefined;
  if (operator === undefined) return undefined;
  lexer.skipBlanks();
  const offset = lexer.offset;
  const operand = parseOperand(lexer, wildcards);
  if (operator === "=" || operator === "!=") return { operator, operand };
  if (operand.kind === "number") return { operator, operand };
  return lexer.fail(`'${operator}' must compare with a number without quotes`, offset);
}

function parseOperand(lexer: Lexer, wildcards: WildcardRule): Operand {
  if (lexer.next === '"') {
    const text = parseQuoted(lexer);
    return { kind: "text", text, quoted: true, fits: compileWildcard(text, wildcards) };
  }
  if (lexer.next === "%") return parseRegexOperand(lexer);

  const offset = lexer.offset;
  const word = lexer.match(BARE_WORD);
  if (word === undefined)
    return lexer.fail(`expected text, a number or a %regular expression%, got ${lexer.describeNext()}`);
  if (word === "null") return lexer.fail("'null' must be asked for with IS NULL, or stand in quotes", offset);
  if (NUMBER.test(word)) return { kind: "number", text: word, value: Number(word) };
  return { kind: "text", text: word, quoted: false, fits: compileWildcard(word, wildcards) };
}

/** Text in quotes. `\"` and `\\` are escapes; any other backslash is literal. */
export function parseQuoted(lexer: Lexer): string {
  const offset = lexer.offset;
  const quoted = lexer.match(/"[^"\\]*(?:\\[^][^"\\]*)*"/y);
  if (quoted === undefined) {
    return lexer.fail(`Invalid character(s) in term '${lexer.text.slice(offset)}': a quote is not closed`, offset);
  }
  return quoted.slice(1, -1).replace(/\\(["\\])/g, "$1");
}

/** Puts text in quotes with as few backslashes as possible. */
export function printQuoted(text: string): string {
  return `"${text.replace(/"|\\(?=["\\]|$)/g, "\\$&")}"`;
}

/** Reads a regular expression between two `%`. */
export function parseRegexOperand(lexer: Lexer): Extract<Operand, { kind: "regex" }> {
  const offset = lexer.offset;
  const delimited = lexer.match(/%[^%]*%/y);
  if (delimited === undefined) return lexer.fail("a regular expression must be closed with '%'", offset);
  lexer.regexes += 1;
  if (lexer.regexes > MAX_REGEXES) lexer.fail(`a pattern must hold at most ${MAX_REGEXES} regular expressions`, offset);
  const source = delimited.slice(1, -1);
  return { kind: "regex", source, fits: compileRegex(source, offset + 1) };
}

export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case "text":
      return operand.quoted ? printQuoted(operand.text) : operand.text;
    case "number":
      return operand.text;
    case "regex":
      return `%${operand.source}%`;
  }
}

export function orders(operator: Ordering, left: number, right: number): boolean {
  switch (operator) {
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
  }
}
