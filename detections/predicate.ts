import type { Condition } from "./condition";
import { normalForm, type NormalForm, type Test } from "./normal-form";
import { compileRegex } from "../lib/patterns/filter-pattern/regex";
import { starMatcher } from "../lib/support/wildcard";

/** A CloudTrail record, or any other JSON value. */
export type CloudTrailRecord = Readonly<Record<string, unknown>>;

/** The condition as a function: evaluates one record as CloudWatch evaluates the filter pattern. */
export function predicate(condition: Condition): (record: CloudTrailRecord) => boolean {
  return compiled(normalForm(condition));
}

function compiled(form: NormalForm): (record: CloudTrailRecord) => boolean {
  if (form.kind !== "clause") {
    const parts = form.parts.map(compiled);
    if (form.kind === "and") return (record) => parts.every((holds) => holds(record));
    return (record) => parts.some((holds) => holds(record));
  }
  const steps = form.field.split(/\.|(?=\[)/);
  if (form.test.kind === "absent") return (record) => select(record, steps).length === 0;
  const passes = compiledTest(form.test);
  return (record) => select(record, steps).some(passes);
}

/** The values at a path, from one of its steps on: empty when a step is missing or does not apply. */
function select(value: unknown, steps: readonly string[], at = 0): readonly unknown[] {
  const step = steps[at];
  if (step === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (step === "[*]") return Object.values(value).flatMap((element) => select(element, steps, at + 1));
  if (step.startsWith("[")) {
    const element: unknown = Array.isArray(value) ? value[Number(step.slice(1, -1))] : undefined;
    return element === undefined ? [] : select(element, steps, at + 1);
  }
  if (Array.isArray(value) || !Object.hasOwn(value, step)) return [];
  return select((value as CloudTrailRecord)[step], steps, at + 1);
}

function compiledTest(test: Exclude<Test, { kind: "absent" }>): (value: unknown) => boolean {
  switch (test.kind) {
    case "text":
      return ofText(starMatcher(test.wildcard), true);
    case "notText":
      return ofText(starMatcher(test.wildcard), false);
    case "regex":
      return ofText(compileRegex(test.regex, 0), true);
    case "notRegex":
      return ofText(compileRegex(test.regex, 0), false);
    case "present":
      return isText;
    case "boolean":
      return (value) => value === test.value;
    case "compare":
      return (value) => typeof value === "number" && compares(value, test);
  }
}

function ofText(matches: (text: string) => boolean, wanted: boolean): (value: unknown) => boolean {
  return (value) => isText(value) && matches(String(value)) === wanted;
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
