import { isRecord } from "../../lib/support/is-record";
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
function callerOf(record: RecordJson): string {
  const identity = record["userIdentity"];
  if (!isRecord(identity)) return "an unknown caller";
  for (const field of ["arn", "invokedBy", "principalId"]) {
    const value = identity[field];
    if (typeof value === "string" && value !== "") return value.replace(/^arn:aws[a-z-]*:(?:iam|sts)::\d*:/, "");
  }
  return "an unknown caller";
}

/** The hop event's fields that say where and when a record's call was made. */
export function recordPlace(record: RecordJson, at: number) {
  return {
    at,
    account: recordText(record, "recipientAccountId"),
    region: recordText(record, "awsRegion"),
    eventId: recordText(record, "eventID"),
  };
}

/** A call in one line for people: operation, caller, error. */
export function callSummary(record: RecordJson): string {
  const failure = recordText(record, "errorCode");
  const service = recordText(record, "eventSource").replace(/\.amazonaws\.com$/, "");
  return `${service}:${recordText(record, "eventName")} by ${callerOf(record)}${failure === "" ? "" : `, refused: ${failure}`}`;
}
