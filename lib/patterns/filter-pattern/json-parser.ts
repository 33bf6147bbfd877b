import { clausesOf, type JsonClause, type JsonExpression, type JsonTest } from "./json-syntax";
import type { Lexer } from "./lexer";
import { parseComparison } from "./operand";
import { parseSelector } from "./selector";
import type { WildcardRule } from "./wildcard";

/** Source: CloudWatch Logs User Guide, filter pattern syntax. */
const MAX_SELECTOR_WILDCARDS = 3;

/** Parses `{ … }`. Parentheses bind tightest, then `&&`, then `||`. */
export function parseJsonPattern(lexer: Lexer, wildcards: WildcardRule): JsonExpression {
  lexer.expect("{");
  const expression = parseGroup("or", lexer, wildcards);
  lexer.expect("}");
  if (!lexer.isAtEnd()) lexer.fail(`a pattern that starts with '{' must end with its '}', got ${lexer.describeNext()}`);

  const selected = clausesOf(expression).filter(({ selector }) => selector.some((step) => step.kind === "any"));
  const excess = selected[MAX_SELECTOR_WILDCARDS];
  if (excess !== undefined) {
    lexer.fail(`a pattern must hold at most ${MAX_SELECTOR_WILDCARDS} selectors with a wildcard`, excess.start);
  }
  return expression;
}

function parseGroup(kind: "and" | "or", lexer: Lexer, wildcards: WildcardRule): JsonExpression {
  const parts: JsonExpression[] = [];
  do {
    lexer.skipBlanks();
    const part = kind === "or" ? parseGroup("and", lexer, wildcards) : parsePrimary(lexer, wildcards);
    if (part.kind === kind) parts.push(...part.parts);
    else parts.push(part);
    lexer.skipBlanks();
  } while (lexer.take(kind === "or" ? "||" : "&&"));
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind, parts };
}

function parsePrimary(lexer: Lexer, wildcards: WildcardRule): JsonExpression {
  if (!lexer.take("(")) return parseClause(lexer, wildcards);
  const inner = parseGroup("or", lexer, wildcards);
  lexer.expect(")");
  return inner;
}

function parseClause(lexer: Lexer, wildcards: WildcardRule): JsonClause {
  const start = lexer.offset;
  const selector = parseSelector(lexer);
  const apart = lexer.skipBlanks();
  const test = parseTest(lexer, apart, wildcards);
  return { kind: "clause", selector, test, start, end: lexer.offset };
}

function parseTest(lexer: Lexer, apart: boolean, wildcards: WildcardRule): JsonTest {
  const comparison = parseComparison(lexer, wildcards);
  if (comparison !== undefined) return { kind: "compare", comparison };

  const offset = lexer.offset;
  const words = apart
    ? lexer.match(/(?:IS[ \t\r\n]+(?:NULL|TRUE|FALSE)|NOT[ \t\r\n]+EXISTS)(?![A-Za-z0-9_-])/iy)
    : undefined;
  if (words === undefined) {
    return lexer.fail("expected an operator, IS NULL, IS TRUE, IS FALSE or NOT EXISTS behind the selector");
  }
  if (words !== words.toUpperCase()) lexer.warn(`'${words}' is documented in upper case only`, offset);
  const word = words.toUpperCase().split(/\s+/)[1];
  if (word === "EXISTS") return { kind: "notExists" };
  return { kind: "is", value: word === "NULL" ? null : word === "TRUE" };
}
