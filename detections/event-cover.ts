import type { Condition, Field } from "./condition";
import { normalForm, type Clause, type NormalForm } from "./normal-form";

/** A value that EventBridge compares a field with: a text or boolean, prefix, suffix or wildcard. */
export type Matcher =
  string | boolean | { readonly prefix: string } | { readonly suffix: string } | { readonly wildcard: string };

/** Fields and what each may be: a record that meets the condition meets all of them. */
export type Cover = ReadonlyMap<Field, readonly Matcher[]>;

/**
 * Fields by which EventBridge can select events early: they are on every record or on those that matter, and conditions
 * compare them with few values.
 */
const TELLING = ["eventSource", "eventName", "errorCode", "readOnly", "userIdentity.type", "userIdentity.arn"] as const;

/**
 * What EventBridge must let through for a condition: a record that meets the condition meets one of the covers. Covers
 * may admit more, because they leave out tests on other fields than these, and regular expressions, which EventBridge
 * does not have.
 */
export function coversOf(condition: Condition): Cover[] {
  return merge(covers(normalForm(condition)));
}

function covers(form: NormalForm): Cover[] {
  switch (form.kind) {
    case "clause":
      return [isTelling(form.field) ? coverOf(form) : new Map()];
    case "or":
      return merge(form.parts.flatMap(covers));
    case "and":
      return form.parts.map(covers).reduce((left, right) => {
        return left.flatMap((one) => right.map((other): Cover => new Map([...other, ...one])));
      });
  }
}

function coverOf({ field, test }: Clause): Cover {
  switch (test.kind) {
    case "text":
      return new Map([[field, [matcher(test.wildcard)]]]);
    case "boolean":
      return new Map([[field, [test.value]]]);
    case "notText":
    case "present":
    case "absent":
    case "compare":
    case "regex":
    case "notRegex":
      return new Map();
  }
}

/** Covers that differ in one field become one; a cover that admits everything absorbs the others. */
function merge(alternatives: readonly Cover[]): Cover[] {
  if (alternatives.some((cover) => cover.size === 0)) return [new Map()];
  const merged = new Map<string, Cover>();
  for (const cover of alternatives) {
    const field = lastField(cover);
    const key = JSON.stringify([...cover].filter(([name]) => name !== field).sort()) + field;
    const others = merged.get(key)?.get(field) ?? [];
    const mine = cover.get(field) ?? [];
    const known = new Set(others.map((other) => JSON.stringify(other)));
    const union = [...others, ...mine.filter((value) => !known.has(JSON.stringify(value)))];
    merged.set(key, new Map([...cover, [field, union]]));
  }
  return [...merged.values()];
}

/** The field in which alternatives most often differ: operations of one service, otherwise any field. */
function lastField(cover: Cover): Field {
  if (cover.has("eventName")) return "eventName";
  const [first] = cover.keys();
  return first ?? "eventName";
}

function isTelling(field: Field): boolean {
  return TELLING.some((telling) => telling === field);
}

function matcher(wildcard: string): Matcher {
  if (!wildcard.includes("*")) return wildcard;
  const once = wildcard.replace(/\*+/g, "*");
  const inner = once.slice(1, -1);
  if (inner.includes("*") || once.length < 2 || (once.startsWith("*") && once.endsWith("*"))) {
    // EventBridge refuses '**' and reads a backslash as an escape, but only in wildcards.
    return { wildcard: once.replaceAll("\\", "\\\\") };
  }
  return once.startsWith("*") ? { suffix: once.slice(1) } : { prefix: once.slice(0, -1) };
}
