import type { FilterPattern } from "../filter-pattern/filter-pattern";
import type { JsonClause, JsonExpression } from "../filter-pattern/json-syntax";

/** Anything with a pattern that can be looked up. */
interface Patterned {
  readonly pattern: FilterPattern;
}

/**
 * Patterns by the event names that they need: most events match none of hundreds of patterns, and one look-up tells
 * which few are worth a try. It only ever leaves out what cannot match.
 */
export class FilterIndex<T extends Patterned> {
  private readonly byName = new Map<string, T[]>();
  private readonly always: T[] = [];

  /** `envelope`: the events are EventBridge's, with the record under `detail`. */
  constructor(filters: readonly T[], envelope: boolean) {
    const path = envelope ? ["detail", "eventName"] : ["eventName"];
    for (const filter of filters) {
      const { syntax } = filter.pattern;
      const names = syntax.kind === "json" ? namesNeeded(syntax.expression, path) : undefined;
      if (names === undefined) this.always.push(filter);
      else for (const name of names) this.byName.set(name, [...(this.byName.get(name) ?? []), filter]);
    }
  }

  /** The filters that an event of this name may match; one whose name is no text may match any. */
  *candidates(eventName: string | undefined): Generator<T> {
    yield* this.always;
    if (eventName !== undefined) yield* this.byName.get(eventName) ?? [];
    else yield* new Set([...this.byName.values()].flat());
  }
}

/** Names of which an event must have one to match; undefined when it may have any. */
function namesNeeded(expression: JsonExpression, path: readonly string[]): ReadonlySet<string> | undefined {
  if (expression.kind === "clause") return namesOfClause(expression, path);
  const parts = expression.parts.map((part) => namesNeeded(part, path));
  const known = parts.filter((names) => names !== undefined);
  if (expression.kind === "and") return known.sort((one, other) => one.size - other.size)[0];
  return known.length < parts.length ? undefined : new Set(known.flatMap((names) => [...names]));
}

function namesOfClause({ selector, test }: JsonClause, path: readonly string[]): ReadonlySet<string> | undefined {
  const isPath =
    selector.length === path.length && selector.every((step, at) => step.kind === "key" && step.key === path[at]);
  if (!isPath || test.kind !== "compare" || test.comparison.operator !== "=") return undefined;
  const { operand } = test.comparison;
  return operand.kind === "text" && !operand.text.includes("*") ? new Set([operand.text]) : undefined;
}
