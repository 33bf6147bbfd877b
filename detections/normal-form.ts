import { FilterPatternError } from "../lib/patterns/filter-pattern/filter-pattern-error";
import { compileRegex } from "../lib/patterns/filter-pattern/regex";
import { regexOfText } from "../lib/patterns/filter-pattern/regex-text";
import type { ComparisonOperator, Condition, Field } from "./condition";

/** What one clause requires of one field. */
export type Test =
  | { readonly kind: "text"; readonly wildcard: string }
  | { readonly kind: "notText"; readonly wildcard: string }
  | { readonly kind: "regex"; readonly regex: string }
  | { readonly kind: "notRegex"; readonly regex: string }
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

/** Forms of conditions, and of their negations: most are constants, which several patterns and queries are made of. */
const known = [new WeakMap<Condition, NormalForm>(), new WeakMap<Condition, NormalForm>()] as const;

/** Forms as JSON: those of constants are compared in each group that has them. */
const texts = new WeakMap<NormalForm, string>();

/**
 * Pushes negations down to the clauses, flattens nested groups and removes duplicates.
 *
 * @throws ConditionError for what CloudWatch cannot express
 */
export function normalForm(condition: Condition): NormalForm {
  return normalize(condition, false);
}

function normalize(condition: Condition, negated: boolean): NormalForm {
  const forms = known[negated ? 1 : 0];
  const form = forms.get(condition) ?? pushDown(condition, negated);
  forms.set(condition, form);
  return form;
}

function pushDown(condition: Condition, negated: boolean): NormalForm {
  switch (condition.kind) {
    case "not":
      return normalize(condition.condition, !negated);
    case "all":
      return group(negated ? "or" : "and", condition.conditions, negated);
    case "any":
      return group(negated ? "and" : "or", condition.conditions, negated);
    case "equals":
    case "matches":
    case "matchesRegex":
    case "differs":
    case "exists":
    case "boolean":
    case "compare":
      checkSelector(condition.field, negated);
      return negated ? negatedClause(condition) : clause(condition.field, plainTest(condition));
  }
}

/** Every clause of a form, from left to right. */
export function clausesOf(form: NormalForm): readonly Clause[] {
  return form.kind === "clause" ? [form] : form.parts.flatMap(clausesOf);
}

function group(kind: "and" | "or", conditions: readonly Condition[], negated: boolean): NormalForm {
  const all = conditions
    .map((condition) => normalize(condition, negated))
    .flatMap((part) => (part.kind === kind ? part.parts : [part]));
  // With a duplicate, a list of operations could be divided into patterns that both count the same record.
  const distinct = [...new Map(all.map((part) => [textOf(part), part])).values()];
  const parts = kind === "and" ? withoutImpossible(distinct) : distinct;
  const [only] = parts;
  if (only === undefined) throw new ConditionError("'all' and 'any' must hold at least one condition, got none");
  return parts.length === 1 ? only : { kind, parts };
}

function textOf(form: NormalForm): string {
  const text = texts.get(form) ?? JSON.stringify(form);
  texts.set(form, text);
  return text;
}

/**
 * Leaves out "or the field is absent" where another part requires the field: a list of excluded values, such as
 * `all(exists(field), not(oneOf(field, values)))`, fits into half the characters.
 */
function withoutImpossible(parts: readonly NormalForm[]): readonly NormalForm[] {
  const required = new Set(
    parts.flatMap((part) => (part.kind === "clause" && part.test.kind !== "absent" ? [part.field] : [])),
  );
  return parts.map((part) => {
    if (part.kind !== "or") return part;
    const possible = part.parts.filter((one) => !isAbsent(one) || !required.has(one.field));
    const [only = part] = possible;
    return possible.length > 1 ? { kind: "or", parts: possible } : only;
  });
}

function isAbsent(form: NormalForm): form is Clause {
  return form.kind === "clause" && form.test.kind === "absent";
}

type Leaf = Exclude<Condition, { kind: "not" | "all" | "any" }>;

function plainTest(leaf: Leaf): Test {
  switch (leaf.kind) {
    case "equals":
      return textTest(leaf.value);
    case "matches":
      return { kind: "text", wildcard: leaf.wildcard };
    case "matchesRegex":
      checkRegex(leaf.regex);
      return { kind: "regex", regex: leaf.regex };
    case "differs":
      return { kind: "notText", wildcard: leaf.wildcard };
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

/**
 * The test for exactly this text. CloudWatch reads `*` as a wildcard within quotes too, and cannot escape it, but it can
 * in a regular expression.
 *
 * @throws ConditionError for a text with `*` that no regular expression can hold
 */
export function textTest(text: string): Test {
  if (!text.includes("*")) return { kind: "text", wildcard: text };
  const regex = regexOfText(text);
  if (regex !== undefined) return { kind: "regex", regex };
  throw new ConditionError(`'equals' must compare with ASCII text where it holds '*', got '${text}': use 'matches'`);
}

function checkRegex(regex: string): void {
  try {
    compileRegex(regex, 0);
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    throw new ConditionError(
      `'matchesRegex' must be CloudWatch's regular expression, got '${regex}': ${error.message}`,
    );
  }
  // AWS lists the characters that it accepts, and a blank is not among them.
  if (regex.includes(" ")) throw new ConditionError(`'matchesRegex' must write a blank as '\\x20', got '${regex}'`);
}

const OPPOSITE = { ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const;

/** CloudWatch's `!=` is false on a missing field, so a negation must also allow the field to be missing. */
function negatedClause(leaf: Leaf): NormalForm {
  const absent = clause(leaf.field, { kind: "absent" });
  const test = plainTest(leaf);
  switch (test.kind) {
    case "text":
      return { kind: "or", parts: [absent, clause(leaf.field, { kind: "notText", wildcard: test.wildcard })] };
    case "regex":
      return { kind: "or", parts: [absent, clause(leaf.field, { kind: "notRegex", regex: test.regex })] };
    case "boolean":
      return { kind: "or", parts: [absent, clause(leaf.field, { kind: "boolean", value: !test.value })] };
    case "compare":
      return {
        kind: "or",
        parts: [absent, clause(leaf.field, { ...test, operator: OPPOSITE[test.operator] })],
      };
    case "notText":
      return { kind: "or", parts: [absent, clause(leaf.field, { kind: "text", wildcard: test.wildcard })] };
    case "present":
    case "absent":
    case "notRegex":
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
