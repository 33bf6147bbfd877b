import { isArray, isObject, type JsonObject, type JsonValue } from "../../lib/patterns/json/json-value";
import { parseJson } from "../../lib/patterns/json/parse-json";
import { fieldOf, toRecord, stringField, type ParsedRecord } from "./cloudtrail-record";
import { LISTS } from "./find-list";
import { foreignObject, foreignText } from "./foreign-text";
import { fromBase64, isBase64 } from "./from-base64";
import { jqCommand } from "./jq-path";
import { BesideRecords, BrokenPart, RefusedPart } from "./record-error";

/** Keys that contain one record, as an object or as JSON text: EventBridge, `lookup-events`, log events. */
const SINGLE = ["detail", "CloudTrailEvent", "message", "@message"] as const;
/**
 * The same for queues, topics and streams, in the form that Lambda receives or the AWS CLI prints. These names have
 * other uses too, so only values that are JSON count.
 */
const CARRIERS = ["Sns", "Message", "body", "Body", "kinesis", "awslogs", "data", "Data", "Detail"] as const;
/** Nesting limit of wrappers; AWS writes fewer. */
const MAX_WRAPPERS = 16;
/**
 * The message by which CloudWatch Logs checks that a destination is reachable. Source: CloudWatch Logs User Guide,
 * subscriptions.
 */
const CONTROL_MESSAGE = "CWL CONTROL MESSAGE";
const SHOWN_KEYS = 5;
const SHOWN_LETTERS = 40;

type Take = (record: ParsedRecord) => void;

/**
 * Returns the records that a piece of JSON is or wraps. Records next to a refused part are returned too.
 *
 * @param around the lists around it in jq's notation, for advice on how to unwrap it
 * @throws RefusedPart when part of it is not a record, after the other records are returned
 */
export function unwrapRecords(text: string, around: string, take: Take): void {
  const value = parseJson(text);
  if (value === undefined) throw new BrokenPart(foreignText(text));
  unwrap(value, MAX_WRAPPERS, (refused) => refusedAs(refused, around, value), take);
}

type Refuse = (value: JsonValue) => RefusedPart;

function unwrap(value: JsonValue, wrappers: number, refuse: Refuse, take: Take): void {
  const within = (inner: JsonValue): void => {
    if (wrappers === 0) throw new RefusedPart(`not CloudTrail: it is wrapped more than ${MAX_WRAPPERS} times`);
    unwrap(inner, wrappers - 1, refuse, take);
  };
  if (typeof value === "string") {
    const inner = parseJson(fromBase64(value) ?? value);
    if (inner !== undefined && typeof inner === "object") within(inner);
    else if (!value.startsWith(CONTROL_MESSAGE)) throw refuse(value);
    return;
  }
  if (isArray(value)) {
    unwrapEach(value, within);
    return;
  }
  if (!isObject(value)) throw refuse(value);
  const record = toRecord(value);
  if (record !== undefined) {
    take(record);
    return;
  }
  const inner = wrappedIn(value);
  if (inner === undefined) throw refuse(value);
  within(inner);
}

/** Returns all of them, and throws the first fault only then. */
function unwrapEach(values: readonly JsonValue[], within: (value: JsonValue) => void): void {
  const faults: unknown[] = [];
  for (const value of values) {
    try {
      within(value);
    } catch (error) {
      if (!(error instanceof RefusedPart)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}

/** The content of a wrapper; undefined when the object is not a wrapper. */
function wrappedIn(object: JsonObject): JsonValue | undefined {
  for (const key of LISTS) {
    const list = fieldOf(object, key);
    if (list !== undefined && isArray(list)) return list;
  }
  for (const key of SINGLE) {
    const value = fieldOf(object, key);
    // EventBridge also has events of other services.
    if (key === "detail" && value !== undefined && isObject(value) && toRecord(value) === undefined) continue;
    if (value !== undefined && (typeof value === "string" || isObject(value))) return value;
  }
  for (const key of CARRIERS) {
    const value = fieldOf(object, key);
    if (value === undefined) continue;
    if (isObject(value) || (typeof value === "string" && (/^\s*[{[]/.test(value) || isBase64(value)))) return value;
  }
  // A field of a Logs Insights result row.
  const field = stringField(object, "field");
  if (field === undefined || !Object.hasOwn(object, "value")) return undefined;
  if (field === "@message") return fieldOf(object, "value");
  throw new BesideRecords("not CloudTrail: results of Logs Insights without '@message'; query 'fields @message'");
}

function refusedAs(value: JsonValue, around: string, whole: JsonValue): RefusedPart {
  if (typeof value === "string") return new RefusedPart(`${foreignText(value)}, where a record is expected`);
  if (!isObject(value)) return new RefusedPart("not CloudTrail: a list must hold records");
  const known = foreignObject(value);
  const time = fieldOf(value, "eventTime");
  if (known === undefined && time !== undefined && Object.hasOwn(value, "eventName")) {
    return new RefusedPart(
      `not CloudTrail: 'eventTime' must be a time, got '${JSON.stringify(time).slice(0, SHOWN_LETTERS)}'`,
    );
  }
  const command = jqCommand(around, whole);
  if (command === undefined && known !== undefined) return new RefusedPart(`not CloudTrail: ${known}`);
  return new RefusedPart(
    "not CloudTrail: there is an object without 'eventTime' and 'eventName', " +
      `${keysText(value)}${command === undefined ? "" : `; unwrap it: ${command}`}`,
  );
}

function keysText(object: JsonObject): string {
  const keys = Object.keys(object);
  if (keys.length === 0) return "and without any other key";
  const shown = keys.slice(0, SHOWN_KEYS).map((key) => `'${key.slice(0, SHOWN_LETTERS)}'`);
  const more = keys.length - shown.length;
  const type = stringField(object, "detail-type");
  return `with the ${keys.length === 1 ? "key" : "keys"} ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}${
    type === undefined ? "" : ` (EventBridge, '${type}')`
  }`;
}
