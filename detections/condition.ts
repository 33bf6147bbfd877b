import type { Field } from "./field";

export type { Field };

export type ComparisonOperator = ">" | ">=" | "<" | "<=";

/**
 * What a CloudTrail record must be like: a tree, compiled to CloudWatch's filter patterns and evaluated directly.
 *
 * A field holds text or a number unless it is tested with `isTrue` or `isFalse`. A record that lacks a field meets the
 * negation of any test on that field.
 */
export type Condition =
  | { readonly kind: "equals"; readonly field: Field; readonly value: string }
  | { readonly kind: "matches"; readonly field: Field; readonly wildcard: string }
  | { readonly kind: "matchesRegex"; readonly field: Field; readonly regex: string }
  | { readonly kind: "differs"; readonly field: Field; readonly wildcard: string }
  | { readonly kind: "exists"; readonly field: Field }
  | { readonly kind: "boolean"; readonly field: Field; readonly value: boolean }
  | {
      readonly kind: "compare";
      readonly field: Field;
      readonly operator: ComparisonOperator;
      readonly value: number;
    }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "all"; readonly conditions: readonly Condition[] }
  | { readonly kind: "any"; readonly conditions: readonly Condition[] };

/** The field equals this text. Case-sensitive. A `*` in it is itself, which takes a regular expression: `matchesRegex`. */
export function equals(field: Field, value: string): Condition {
  return { kind: "equals", field, value };
}

/** The field's text is one of these. */
export function oneOf(field: Field, values: readonly string[]): Condition {
  return any(...values.map((value) => equals(field, value)));
}

/** The field's text matches; `*` stands for any text, including none. A filter pattern may hold three `*`. */
export function matches(field: Field, wildcard: string): Condition {
  return { kind: "matches", field, wildcard };
}

/**
 * CloudWatch's regular expression is found in the field's text, anywhere unless `^` and `$` anchor it. It has no groups
 * and no look-around, holds ASCII without `%`, and writes a blank as `\x20`. A filter pattern may hold two of them, and
 * of the filters of a log group, five may hold any. EventBridge cannot select events by it.
 *
 * Source: CloudWatch Logs User Guide, supported regular expressions syntax.
 */
export function matchesRegex(field: Field, regex: string): Condition {
  return { kind: "matchesRegex", field, regex };
}

/**
 * The record has the field, with a text that does not match. With `[*]`, some element has one: what `not(matches(…))`
 * cannot say. `differs(field, "")` needs none of the three `*` that `exists` needs one of.
 */
export function differs(field: Field, wildcard: string): Condition {
  return { kind: "differs", field, wildcard };
}

/** The record has the field, with a text or a number in it. */
export function exists(field: Field): Condition {
  return { kind: "exists", field };
}

/** The field is the boolean `true`, which CloudWatch distinguishes from the text "true". */
export function isTrue(field: Field): Condition {
  return { kind: "boolean", field, value: true };
}

/** The field is the boolean `false`. */
export function isFalse(field: Field): Condition {
  return { kind: "boolean", field, value: false };
}

/** The field is a number that compares so. Text that looks like a number never matches: see `compareDigits`. */
export function compare(field: Field, operator: ComparisonOperator, value: number): Condition {
  return { kind: "compare", field, operator, value };
}

/** The condition does not hold. */
export function not(condition: Condition): Condition {
  return { kind: "not", condition };
}

/** All of them hold. */
export function all(...conditions: readonly Condition[]): Condition {
  return { kind: "all", conditions };
}

/** At least one of them holds. */
export function any(...conditions: readonly Condition[]): Condition {
  return { kind: "any", conditions };
}

/** A call of one of these operations of a service, such as `call("kms", "DisableKey", "ScheduleKeyDeletion")`. */
export function call(service: string, ...operations: readonly string[]): Condition {
  return all(equals("eventSource", `${service}.amazonaws.com`), oneOf("eventName", operations));
}

/** The call succeeded: CloudTrail writes an error code otherwise. */
export function succeeded(): Condition {
  return not(exists("errorCode"));
}
