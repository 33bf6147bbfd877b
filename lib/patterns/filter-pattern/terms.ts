import type { Lexer } from "./lexer";
import { parseQuoted, parseRegexOperand, printQuoted } from "./operand";

/** One term: a literal part of the message, or a regular expression. */
export interface Term {
  /** `?`: any one suffices. `-`: must not occur. None: must occur. */
  readonly prefix: "?" | "-" | "";
  readonly text: string;
  readonly kind: "word" | "phrase" | "regex";
  readonly occursIn: (message: string) => boolean;
}

const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_-]*(?=[ \t\r\n]|$)/uy;

/** Parses a pattern that is neither JSON nor space-delimited. An empty pattern matches every message. */
export function parseTerms(lexer: Lexer): readonly Term[] {
  const terms: Term[] = [];
  lexer.skipBlanks();
  while (!lexer.isAtEnd()) {
    terms.push(parseTerm(lexer));
    if (!lexer.skipBlanks() && !lexer.isAtEnd()) {
      lexer.fail(`Invalid character(s) in term: terms must be set apart with blanks, got ${lexer.describeNext()}`);
    }
  }
  const plain = terms.find((term) => term.prefix !== "?");
  if (plain !== undefined && terms.some((term) => term.prefix === "?")) {
    lexer.warn(`terms with '?' are ignored beside '${printTerm(plain)}'`, 0);
  }
  return terms;
}

function parseTerm(lexer: Lexer): Term {
  const start = lexer.offset;
  const prefix = lexer.take("?") ? "?" : lexer.take("-") ? "-" : "";
  if (lexer.next === '"') {
    const text = parseQuoted(lexer);
    if (text === "") lexer.fail(`Invalid character(s) in term '""': a phrase must not be empty`, start);
    return { prefix, kind: "phrase", text, occursIn: (message) => message.includes(text) };
  }
  if (lexer.next === "%") {
    const { source, fits } = parseRegexOperand(lexer);
    return { prefix, kind: "regex", text: source, occursIn: fits };
  }
  const text = lexer.match(WORD);
  if (text === undefined) {
    const rest = lexer.match(/[^ \t\r\n]*/y) ?? "";
    return lexer.fail(
      `Invalid character(s) in term '${rest}': a term must be letters, digits and '_', or stand in quotes`,
      start,
    );
  }
  if (text.includes("-")) lexer.warn(`'${text}' should stand in quotes: '-' is not documented within a term`, start);
  return { prefix, kind: "word", text, occursIn: (message) => message.includes(text) };
}

/** Compiles terms. Excluded and plain terms decide; terms with `?` decide only if there are no others. */
export function compileTerms(terms: readonly Term[]): (message: string) => boolean {
  const required = terms.filter((term) => term.prefix === "");
  const excluded = terms.filter((term) => term.prefix === "-");
  if (required.length + excluded.length === 0) {
    return (message) => terms.length === 0 || terms.some((term) => term.occursIn(message));
  }
  return (message) =>
    required.every((term) => term.occursIn(message)) && !excluded.some((term) => term.occursIn(message));
}

export function printTerm({ prefix, kind, text }: Term): string {
  switch (kind) {
    case "word":
      return `${prefix}${text}`;
    case "phrase":
      return `${prefix}${printQuoted(text)}`;
    case "regex":
      return `${prefix}%${text}%`;
  }
}
