import { isRecord } from "./is-record";
import type { RecordJson } from "./hop-event";

/** A top-level text of a record; empty when there is none. */
export function recordText(record: RecordJson, field: string): string {
  const value = record[field];
  return typeof value === "string" ? value : "";
}

/** A text among the parameters of a record's request; empty when there is none. */
export function parameterOf(record: RecordJson, name: string): string {
  const parameters = record["requestParameters"];
  const value = isRecord(parameters) ? parameters[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** Whether the call changed something: it succeeded and is not read-only. */
export function hasChanged(record: RecordJson): boolean {
  return record["readOnly"] !== true && recordText(record, "errorCode") === "";
}

/** The caller, in a word or two. */
export function callerOf(record: RecordJson): string {
  const identity = record["userIdentity"];
  if (!isRecord(identity)) return "an unknown caller";
  for (const field of ["arn", "invokedBy", "principalId"]) {
    const value = identity[field];
    if (typeof value === "string" && value !== "") return value.replace(/^arn:aws:(?:iam|sts)::\d*:/, "");
  }
  return "an unknown caller";
}
