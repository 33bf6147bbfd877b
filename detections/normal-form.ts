import type { ComparisonOperator, Condition, Field } from "./condition";

/** What one clause requires of one field. */
export type Test =
  | { readonly kind: "text"; readonly wildcard: string }
  | { readonly kind: "notText"; readonly wildcard: string }
  | { readonly kind: "present" }
  | { readonly kind: "absent" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "compare"; readonly operator: ComparisonOperator; readonly value: number };

/** One clause of a filter pattern. */
export interface Clause {
  readonly kind: "clause";
  readonly field: Field;
  readonly test: Test;
}

/** A condition without negations: only what a filter pattern can express. */
export type NormalForm = Clause | { readonly kind: "and" | "or"; readonly parts: readonly NormalForm[] };

/** A condition that CloudWatch cannot express. */
export class ConditionError extends Error {}

const NAME = String.raw`[A-Za-z0-9_-]+(\[(\d+|\*)\])?`;
const SELECTOR = new RegExp(`^${NAME}(\\.${NAME})*$`);

/**
 * Pushes negations down to the clauses, flattens nested groups and removes duplicates.
 *
 * @throws ConditionError for what CloudWatch cannot express
 */
export function normalForm(condition: Condition): NormalForm {
  return normalize(condition, false);
}

function normalize(condition: Condition, negated: boolean): NormalForm {
  switch (condition.kind) {
    case "not":
      return normalize(condition.condition, !negated);
    case "all":
      return group(negated ? "or" : "and", condition.conditions, negated);
    case "any":
      return group(negated ? "and" : "or", condition.conditions, negated);
    case "equals":
    case "matches":
    case "exists":
    case "boolean":
    case "compare":
      checkSelector(condition.field, negated);
      return negated ? negatedClause(condition) : clause(condition.field, plainTest(condition));
  }
}

function group(kind: "and" | "or", conditions: readonly Condition[], negated: boolean): NormalForm {
  const all = conditions
    .map((condition) => normalize(condition, negated))
    .flatMap((part) => (part.kind === kind ? part.parts : [part]));
  // With a duplicate, a list of operations could be divided into patterns that both count the same record.
  const parts = [...new Map(all.map((part) => [JSON.stringify(part), part])).values()];
  const [only] = parts;
  if (only === undefined) throw new ConditionError("'all' and 'any' must hold at least one condition, got none");
  return parts.length === 1 ? only : { kind, parts };
}

type Leaf = Exclude<Condition, { kind: "not" | "all" | "any" }>;

function plainTest(leaf: Leaf): Test {
  switch (leaf.kind) {
    case "equals":
      // CloudWatch reads '*' as a wildcard within quotes too, and cannot escape it.
      if (leaf.value.includes("*")) {
        throw new ConditionError(`'equals' must compare with text without '*', got '${leaf.value}': use 'matches'`);
      }
      return { kind: "text", wildcard: leaf.value };
    case "matches":
      return { kind: "text", wildcard: leaf.wildcard };
    case "exists":
      return { kind: "present" };
    case "boolean":
      return { kind: "boolean", value: leaf.value };
    case "compare":
      if (!Number.isFinite(leaf.value)) {
        throw new ConditionError(`'compare' must compare with a finite number, got '${leaf.value}'`);
      }
      return { kind: "compare", operator: leaf.operator, value: leaf.value };
  }
}

const OPPOSITE = { ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const;

/** CloudWatch's `!=` is false on a missing field, so a negation must also allow the field to be missing. */
function negatedClause(leaf: Leaf): NormalForm {
  const absent = clause(leaf.field, { kind: "absent" });
  const test = plainTest(leaf);
  switch (test.kind) {
    case "text":
      return { kind: "or", parts: [absent, clause(leaf.field, { kind: "notText", wildcard: test.wildcard })] };
    case "boolean":
      return { kind: "or", parts: [absent, clause(leaf.field, { kind: "boolean", value: !test.value })] };
    case "compare":
      return {
        kind: "or",
        parts: [absent, clause(leaf.field, { ...test, operator: OPPOSITE[test.operator] })],
      };
    case "present":
    case "absent":
    case "notText":
      return absent;
  }
}

function clause(field: Field, test: Test): Clause {
  return { kind: "clause", field, test };
}

function checkSelector(field: Field, negated: boolean): void {
  const rule = selectorRule(field, negated);
  if (rule !== undefined) throw new ConditionError(`'field' must ${rule}, got '${field}'`);
}

/** What a field must be so that CloudWatch can select it; undefined when it is. Continues a sentence after "must". */
export function selectorRule(field: string, negated: boolean): string | undefined {
  if (!SELECTOR.test(field)) {
    return "be names of letters, digits, '-' and '_' joined by '.', with [n] or [*] behind them";
  }
  const wildcards = field.split("[*]").length - 1;
  if (wildcards > 1) return "hold at most one [*]";
  return wildcards === 1 && negated ? "hold no [*] where it is negated: CloudWatch means some element" : undefined;
}
