import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import { compileJson } from "../../../lib/patterns/filter-pattern/json-matcher";
import type { JsonClause, JsonExpression } from "../../../lib/patterns/filter-pattern/json-syntax";
import type { ParsedEvent } from "../../../lib/patterns/filter-pattern/parsed-event";
import type { JsonObject } from "../../../lib/patterns/json/json-value";

/** A part of a pattern's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The deciding clauses, and whether the event came close to a match. */
export interface DecidingClauses {
  readonly spans: readonly Span[];
  /** For an event that did not match: a field that the pattern tests is present, and exactly one clause is not met. */
  readonly isNear: boolean;
}

/** The clauses of a pattern that passed an event or stopped it. Patterns that are not JSON count as one clause. */
export function decidingClauses(pattern: FilterPattern, event: ParsedEvent): DecidingClauses {
  const { syntax } = pattern;
  if (syntax.kind !== "json" || event.json === undefined) {
    return { spans: [{ start: 0, end: pattern.toString().length }], isNear: false };
  }
  const weighed = weigh(syntax.expression, event.json);
  return {
    spans: (weighed.holds ? weighed.met : weighed.missed).map(({ start, end }) => ({ start, end })),
    isNear: !weighed.holds && weighed.missed.length === 1 && weighed.met.some(requiresValue),
  };
}

interface Weighed {
  readonly holds: boolean;
  readonly met: readonly JsonClause[];
  readonly missed: readonly JsonClause[];
}

function weigh(expression: JsonExpression, root: JsonObject): Weighed {
  if (expression.kind === "clause") {
    const holds = compileJson(expression)(root);
    return { holds, met: holds ? [expression] : [], missed: holds ? [] : [expression] };
  }
  const parts = expression.parts.map((part) => weigh(part, root));
  if (expression.kind === "or") return parts.reduce(closer);
  return {
    holds: parts.every(({ holds }) => holds),
    met: parts.flatMap(({ met }) => met),
    missed: parts.flatMap(({ missed }) => missed),
  };
}

/** The alternative that holds, otherwise the one that misses fewer clauses and meets more. */
function closer(one: Weighed, other: Weighed): Weighed {
  if (one.holds || other.holds) return one.holds ? one : other;
  const gain = one.missed.length - other.missed.length || other.met.length - one.met.length;
  return gain > 0 ? other : one;
}

function requiresValue({ test }: JsonClause): boolean {
  return test.kind === "compare" && test.comparison.operator === "=";
}
