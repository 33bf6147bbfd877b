import type { JsonExpression } from "../../../lib/patterns/filter-pattern/json-syntax";
import { fieldOfRecord } from "./pattern-literals";

/** Names of which an event must have one for an expression to hold; undefined: it may have any other name. */
export function requiredNames(expression: JsonExpression, envelope: boolean): readonly string[] | undefined {
  if (expression.kind === "clause") {
    const { selector, test } = expression;
    if (test.kind !== "compare" || test.comparison.operator !== "=") return undefined;
    const { operand } = test.comparison;
    const isName = fieldOfRecord(selector, envelope) === "eventName";
    return isName && operand.kind === "text" && !operand.text.includes("*") ? [operand.text] : undefined;
  }
  const names = expression.parts.map((part) => requiredNames(part, envelope));
  if (expression.kind === "and") return names.find((each) => each !== undefined);
  const known = names.filter((each) => each !== undefined);
  return known.length < names.length ? undefined : known.flat();
}

/** Patterns by the names that they require, so that only few have to be looked at for a name. */
export class ByRequiredName<T> {
  private readonly named = new Map<string, T[]>();
  private readonly others: T[] = [];

  add(names: readonly string[] | undefined, item: T): void {
    if (names === undefined) this.others.push(item);
    for (const name of new Set(names)) this.named.set(name, [...(this.named.get(name) ?? []), item]);
  }

  /** Those that an event of this name may match. */
  of(name: string): readonly T[] {
    return [...(this.named.get(name) ?? []), ...this.others];
  }
}
