import type { Field } from "./condition";
import type { CloudTrailRecord } from "./predicate";

/** The text at a path of names; undefined where there is none. */
export function exampleText(record: CloudTrailRecord, path: string): string | undefined {
  const names = path.split(".");
  const last = names.pop() ?? "";
  const value = names.reduce<CloudTrailRecord>(objectAt, record)[last];
  return typeof value === "string" ? value : undefined;
}

/** The text fields that show what a call was about. */
export function subjectFields(record: CloudTrailRecord): Field[] {
  return (["additionalEventData", "requestParameters"] as const)
    .flatMap((part) => Object.keys(objectAt(record, part)).map((name): Field => `${part}.${name}`))
    .filter((field) => exampleText(record, field) !== undefined);
}

/**
 * The paths at which records have a value for a field, such as `resources[0].ARN` for `resources[*].ARN`. `[*]` is any
 * element of a list and any member of an object, as in CloudWatch's filter patterns.
 */
export function filledPaths(records: readonly CloudTrailRecord[], field: string): string[] {
  const steps = field.split(/\.|(?=\[)/);
  return [...new Set(records.flatMap((record) => pathsIn(record, steps, "")))];
}

function pathsIn(value: unknown, steps: readonly string[], path: string, at = 0): string[] {
  const step = steps[at];
  if (step === undefined) return ["string", "number", "boolean"].includes(typeof value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  const taken = Array.isArray(value) ? (key: string) => `[${key}]` : (key: string) => `${path === "" ? "" : "."}${key}`;
  const named = step.startsWith("[") ? step.slice(1, -1) : step;
  const keys = Object.keys(value).filter((key) => named === "*" || named === key);
  return keys.flatMap((key) => pathsIn((value as CloudTrailRecord)[key], steps, `${path}${taken(key)}`, at + 1));
}

function objectAt(record: CloudTrailRecord, name: string): CloudTrailRecord {
  const value = record[name];
  return typeof value === "object" && value !== null ? (value as CloudTrailRecord) : {};
}
