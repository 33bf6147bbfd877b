import type { Condition } from "./condition";
import { normalForm, type NormalForm, type Test } from "./normal-form";
import { starMatcher } from "../lib/support/wildcard";

/** A CloudTrail record, or any other JSON value. */
export type CloudTrailRecord = Readonly<Record<string, unknown>>;

/** The condition as a function: evaluates one record as CloudWatch evaluates the filter pattern. */
export function predicate(condition: Condition): (record: CloudTrailRecord) => boolean {
  const form = normalForm(condition);
  return (record) => holds(form, record);
}

function holds(form: NormalForm, record: CloudTrailRecord): boolean {
  switch (form.kind) {
    case "and":
      return form.parts.every((part) => holds(part, record));
    case "or":
      return form.parts.some((part) => holds(part, record));
    case "clause": {
      const values = select(record, form.field.split(/\.|(?=\[)/));
      return form.test.kind === "absent" ? values.length === 0 : values.some((value) => passes(form.test, value));
    }
  }
}

/** The values at a path: empty when a step is missing or does not apply. */
function select(value: unknown, steps: readonly string[]): unknown[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (step === "[*]") return Object.values(value).flatMap((element) => select(element, rest));
  if (step.startsWith("[")) {
    const element: unknown = Array.isArray(value) ? value[Number(step.slice(1, -1))] : undefined;
    return element === undefined ? [] : select(element, rest);
  }
  if (Array.isArray(value) || !Object.hasOwn(value, step)) return [];
  return select((value as CloudTrailRecord)[step], rest);
}

function passes(test: Test, value: unknown): boolean {
  switch (test.kind) {
    case "text":
      return isText(value) && starMatcher(test.wildcard)(String(value));
    case "notText":
      return isText(value) && !starMatcher(test.wildcard)(String(value));
    case "present":
      return isText(value);
    case "absent":
      return false;
    case "boolean":
      return value === test.value;
    case "compare":
      return typeof value === "number" && compares(value, test);
  }
}

/** CloudWatch compares numbers with text by their digits, and no other type. */
function isText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function compares(value: number, test: Extract<Test, { kind: "compare" }>): boolean {
  switch (test.operator) {
    case ">":
      return value > test.value;
    case ">=":
      return value >= test.value;
    case "<":
      return value < test.value;
    case "<=":
      return value <= test.value;
  }
}
