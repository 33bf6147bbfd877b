import { printOperand, type Comparison } from "./operand";
import { printSelector, type Selector } from "./selector";

/** What one clause of a JSON pattern requires of the values that it selects. */
export type JsonTest =
  | { readonly kind: "compare"; readonly comparison: Comparison }
  | { readonly kind: "is"; readonly value: true | false | null }
  | { readonly kind: "notExists" };

/** One clause, such as `$.eventName = "GetSecretValue"`, and its position in the pattern. */
export interface JsonClause {
  readonly kind: "clause";
  readonly selector: Selector;
  readonly test: JsonTest;
  readonly start: number;
  readonly end: number;
}

export interface JsonGroup {
  readonly kind: "and" | "or";
  readonly parts: readonly JsonExpression[];
}

/** The content of the braces. A group never contains a group of its own kind, nor fewer than two parts. */
export type JsonExpression = JsonClause | JsonGroup;

/** The expression as text; `gap` is inserted where blanks are allowed. */
export function printJson(expression: JsonExpression, gap: string): string {
  if (expression.kind === "clause") return printClause(expression, gap);
  const inner = expression.parts.map((part) => {
    const text = printJson(part, gap);
    return expression.kind === "and" && part.kind === "or" ? `(${text})` : text;
  });
  return inner.join(`${gap}${expression.kind === "and" ? "&&" : "||"}${gap}`);
}

function printClause({ selector, test }: JsonClause, gap: string): string {
  const path = printSelector(selector);
  switch (test.kind) {
    case "compare":
      return `${path}${gap}${test.comparison.operator}${gap}${printOperand(test.comparison.operand)}`;
    case "is":
      return `${path} IS ${String(test.value).toUpperCase()}`;
    case "notExists":
      return `${path} NOT EXISTS`;
  }
}

/** Every clause, from left to right. */
export function clausesOf(expression: JsonExpression): readonly JsonClause[] {
  return expression.kind === "clause" ? [expression] : expression.parts.flatMap(clausesOf);
}
