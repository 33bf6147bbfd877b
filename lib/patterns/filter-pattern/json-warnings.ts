import type { JsonClause, JsonExpression } from "./json-syntax";
import type { FilterPatternWarning } from "./filter-pattern-error";
import { printSelector } from "./selector";

/** Clauses that CloudWatch accepts, but that silently weaken a detection. */
export function jsonWarnings(expression: JsonExpression): FilterPatternWarning[] {
  return warningsOf(expression, new Set());
}

/** `settled`: selectors for which it makes no difference that `!=` is false on a missing field. */
function warningsOf(expression: JsonExpression, settled: ReadonlySet<string>): FilterPatternWarning[] {
  if (expression.kind === "clause") {
    const message = warningOf(expression, settled);
    return message === undefined ? [] : [{ message, offset: expression.start }];
  }
  const settling = expression.kind === "or" ? isNotExists : needsValue;
  const clauses = expression.parts.filter((part) => part.kind === "clause");
  const here = clauses.filter(settling).map((clause) => printSelector(clause.selector));
  return expression.parts.flatMap((part) => warningsOf(part, new Set([...settled, ...here])));
}

function isNotExists(clause: JsonClause): boolean {
  return clause.test.kind === "notExists";
}

function needsValue({ test }: JsonClause): boolean {
  return test.kind === "is" || (test.kind === "compare" && test.comparison.operator !== "!=");
}

function warningOf({ selector, test }: JsonClause, settled: ReadonlySet<string>): string | undefined {
  if (test.kind !== "compare") return undefined;
  const { operator, operand } = test.comparison;
  const path = printSelector(selector);
  // Of a list, some element is asked for; and what differs from no text at all must be there.
  const asksForValue = path.includes("[*]") || (operand.kind === "text" && operand.text === "");
  if (operator === "!=" && !settled.has(path) && !asksForValue) {
    return `'!=' is false where ${path} is missing: add '|| ${path} NOT EXISTS' if such events count`;
  }
  if (operand.kind !== "text") return undefined;
  if (/^\*+$/.test(operand.text)) return `'*' misses booleans and null: ${path} may be there and not match`;
  if (!operand.quoted && /^(?:true|false)$/i.test(operand.text)) {
    return `'${operand.text}' is text here: ask for the boolean with IS ${operand.text.toUpperCase()}`;
  }
  return undefined;
}
