import { compileFilterPattern } from "../../lib/patterns/filter-pattern/filter-pattern";
import { FilterPatternError } from "../../lib/patterns/filter-pattern/filter-pattern-error";
import type { JsonClause, JsonExpression } from "../../lib/patterns/filter-pattern/json-syntax";
import type { Operand } from "../../lib/patterns/filter-pattern/operand";
import { printSelector, type Selector } from "../../lib/patterns/filter-pattern/selector";
import { byText } from "../../lib/support/by-text";

/**
 * What a filter pattern matches, without its notation: alternatives of which an event must meet one, each a set of
 * clauses that it must meet all of. Blanks, parentheses, quotes and the order of terms make no difference.
 */
export type Meaning = readonly ReadonlySet<string>[];

/** A pattern of 1,024 characters with more alternatives is not one of a benchmark. */
const MOST_ALTERNATIVES = 256;

/**
 * The meaning of a JSON filter pattern; undefined for other patterns, and for what CloudWatch refuses. Events that
 * EventBridge delivers have the record in `detail`: a pattern on those means the same as one on the record.
 */
export const meaningOf: (pattern: string) => Meaning | undefined = byText((pattern) => {
  const syntax = syntaxOf(pattern);
  if (syntax?.kind !== "json") return undefined;
  const alternatives = alternativesOf(syntax.expression);
  if (alternatives === undefined) return undefined;
  const inDetail = alternatives.flat().every(({ selector }) => isDetail(selector) && selector.length > 1);
  return withoutStricter(
    alternatives.map((clauses) => new Set(clauses.map((clause) => textOf(clause, inDetail ? 1 : 0)))),
  );
});

/** Whether two patterns match exactly the same events, as far as their clauses show. */
export function isSame(one: Meaning, other: Meaning): boolean {
  return includes(one, other) && includes(other, one);
}

/** Whether `wide` matches all that `narrow` does, as far as their clauses show. */
export function includes(wide: Meaning, narrow: Meaning): boolean {
  return narrow.every((alternative) => wide.some((other) => isSubset(other, alternative)));
}

export function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size <= whole.size && [...part].every((clause) => whole.has(clause));
}

/** Several patterns that count onto one metric. */
export function union(meanings: readonly Meaning[]): Meaning {
  return withoutStricter(meanings.flat());
}

function syntaxOf(pattern: string) {
  try {
    return compileFilterPattern(pattern).syntax;
  } catch (error) {
    if (error instanceof FilterPatternError) return undefined;
    throw error;
  }
}

/** Each alternative with all its clauses; undefined when there are too many. */
function alternativesOf(expression: JsonExpression): readonly (readonly JsonClause[])[] | undefined {
  if (expression.kind === "clause") return [[expression]];
  let result: readonly (readonly JsonClause[])[] = expression.kind === "or" ? [] : [[]];
  for (const part of expression.parts) {
    const own = alternativesOf(part);
    if (own === undefined) return undefined;
    const count = expression.kind === "or" ? result.length + own.length : result.length * own.length;
    if (count > MOST_ALTERNATIVES) return undefined;
    result =
      expression.kind === "or"
        ? [...result, ...own]
        : result.flatMap((clauses) => own.map((more) => [...clauses, ...more]));
  }
  return result;
}

/** An alternative that another one includes adds nothing. */
function withoutStricter(alternatives: Meaning): Meaning {
  return alternatives.filter(
    (one, index) =>
      !alternatives.some((other, at) => at !== index && isSubset(other, one) && (other.size < one.size || at < index)),
  );
}

function isDetail([first]: Selector): boolean {
  return first?.kind === "key" && first.key === "detail";
}

function textOf({ selector, test }: JsonClause, skip: number): string {
  const path = printSelector(selector.slice(skip));
  switch (test.kind) {
    case "compare":
      return `${path} ${test.comparison.operator} ${operandText(test.comparison.operand)}`;
    case "is":
      return `${path} IS ${String(test.value)}`;
    case "notExists":
      return `${path} NOT EXISTS`;
  }
}

/** Quotes around a text make no difference. */
function operandText(operand: Operand): string {
  switch (operand.kind) {
    case "text":
      return JSON.stringify(operand.text);
    case "number":
      return String(operand.value);
    case "regex":
      return `%${operand.source}%`;
  }
}
