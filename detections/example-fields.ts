import type { Field } from "./condition";
import type { CloudTrailRecord } from "./predicate";

/** The text at a path of names; undefined where there is none. */
export function textAt(record: CloudTrailRecord, path: string): string | undefined {
  const names = path.split(".");
  const last = names.pop() ?? "";
  const value = names.reduce<CloudTrailRecord>(objectAt, record)[last];
  return typeof value === "string" ? value : undefined;
}

/** The fields with a text that say what a call was about. */
export function subjectFields(record: CloudTrailRecord): Field[] {
  return (["additionalEventData", "requestParameters"] as const)
    .flatMap((part) => Object.keys(objectAt(record, part)).map((name): Field => `${part}.${name}`))
    .filter((field) => textAt(record, field) !== undefined);
}

function objectAt(record: CloudTrailRecord, name: string): CloudTrailRecord {
  const value = record[name];
  return typeof value === "object" && value !== null ? (value as CloudTrailRecord) : {};
}
