/** Names of a CloudTrail record that hold one value. */
const PLAIN_FIELDS = [
  "eventName",
  "eventSource",
  "eventType",
  "eventCategory",
  "awsRegion",
  "sourceIPAddress",
  "userAgent",
  "errorCode",
  "errorMessage",
  "readOnly",
  "recipientAccountId",
] as const;

/** Names of a CloudTrail record below which each service has its own names. */
const NESTED_FIELDS = [
  "userIdentity",
  "requestParameters",
  "responseElements",
  "additionalEventData",
  "serviceEventDetails",
] as const;

/**
 * A field of a CloudTrail record, as a path: names joined by `.`, `[0]` for an element of an array, `[*]` for any
 * element, or for any member of an object: `requestParameters[*]` is any parameter. The names that every record has are
 * listed here; below them CloudTrail follows each service's API.
 */
export type Field =
  | (typeof PLAIN_FIELDS)[number]
  | `${(typeof NESTED_FIELDS)[number]}.${string}`
  | `${(typeof NESTED_FIELDS)[number]}[*]`
  | `resources[${string}`;

/** The first names of all fields, for error messages. */
export const FIELD_NAMES: readonly string[] = [...PLAIN_FIELDS, ...NESTED_FIELDS, "resources"];

/** Whether a text begins like a field; the rest depends on each service's API. */
export function isField(text: string): text is Field {
  return (
    PLAIN_FIELDS.some((name) => text === name) ||
    NESTED_FIELDS.some((name) => text.startsWith(`${name}.`) || text === `${name}[*]`) ||
    text.startsWith("resources[")
  );
}
