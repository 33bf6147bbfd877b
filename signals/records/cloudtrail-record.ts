import { isObject, type JsonObject } from "../../lib/patterns/json/json-value";
import { parseJsonObject } from "../../lib/patterns/json/parse-json";
import { parseTime } from "./event-time";
import { RecordError } from "./record-error";

/** A CloudTrail record, and the fields of it that determine its route. */
export interface ParsedRecord {
  readonly json: JsonObject;
  /** The account that the record is delivered to; empty when the record does not contain it. */
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly eventId: string | undefined;
}

/**
 * Parses a record, as it is or within EventBridge's envelope.
 *
 * @throws RecordError for anything else
 */
export function parseRecord(text: string): ParsedRecord {
  const object = parseJsonObject(text);
  if (object === undefined) throw new RecordError("not JSON");
  const detail = fieldOf(object, "detail");
  const json =
    detail !== undefined && isObject(detail) && stringField(object, "eventTime") === undefined ? detail : object;
  const record = toRecord(json);
  if (record === undefined)
    throw new RecordError("not CloudTrail: there is an object without 'eventTime' and 'eventName'");
  return record;
}

/** An object as a record; undefined when it is not one. `time`: of its event, where that is known. */
export function toRecord(
  json: JsonObject,
  time = parseTime(stringField(json, "eventTime") ?? ""),
): ParsedRecord | undefined {
  // S3's own notifications have the same fields. CloudTrail's event sources are service names.
  if (stringField(json, "eventSource")?.startsWith("aws:") === true) return undefined;
  if (Number.isNaN(time) || (stringField(json, "eventName") ?? stringField(json, "eventType")) === undefined)
    return undefined;
  return {
    json,
    account: stringField(json, "recipientAccountId") ?? accountOfIdentity(json) ?? "",
    region: stringField(json, "awsRegion") ?? "",
    time,
    eventId: stringField(json, "eventID"),
  };
}

/** The name of the event, such as `GetSecretValue`, or its type where it has none. */
export function callOf({ json }: ParsedRecord): string {
  return stringField(json, "eventName") ?? stringField(json, "eventType") ?? "";
}

/** The principal, with the most specific name in the record. */
export function principalOf({ json }: ParsedRecord): string {
  const identity = objectAt(json, "userIdentity");
  if (identity === undefined) return "unknown";
  return (
    stringField(identity, "arn") ??
    stringField(identity, "invokedBy") ??
    stringField(identity, "principalId") ??
    stringField(identity, "type") ??
    "unknown"
  );
}

function accountOfIdentity(json: JsonObject): string | undefined {
  const identity = objectAt(json, "userIdentity");
  return identity === undefined ? undefined : stringField(identity, "accountId");
}

/** A text field; undefined when it is missing or not a text. */
export function stringField(json: JsonObject, key: string): string | undefined {
  const value = fieldOf(json, key);
  return typeof value === "string" ? value : undefined;
}

function objectAt(json: JsonObject, key: string): JsonObject | undefined {
  const value = fieldOf(json, key);
  return value !== undefined && isObject(value) ? value : undefined;
}

export function fieldOf(json: JsonObject, key: string): JsonObject[string] | undefined {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}
