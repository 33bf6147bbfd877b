import { isObject, textOf, type JsonValue } from "../../lib/patterns/json/json-value";
import { callOf, stringField, type ParsedRecord } from "../records/cloudtrail-record";

/** Fields of a record that identify the principal, the source and the result: the fields that an `ignore` can use. */
export const TRAIT_FIELDS = [
  "userIdentity.sessionContext.sessionIssuer.arn",
  "userIdentity.arn",
  "userIdentity.invokedBy",
  "userIdentity.principalId",
  "sourceIPAddress",
  "errorCode",
] as const;

export type TraitField = (typeof TRAIT_FIELDS)[number];

/**
 * The fields by which a report identifies an event. Its parameters and its response are not kept, because they may
 * contain anything.
 */
export interface EventOutline {
  readonly id?: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly name: string;
  readonly source: string;
  readonly region: string;
}

/** The fields of a matching record that tuning uses: plain data, which one thread can pass to another. */
export interface MatchTraits {
  readonly event: EventOutline;
  /**
   * The fields' texts, in the order of TRAIT_FIELDS. Undefined where a record has none. Null where the value is not a
   * text: CloudWatch treats it as neither missing nor unequal, so any `ignore` on it applies.
   */
  readonly values: readonly (string | null | undefined)[];
}

const PATHS = TRAIT_FIELDS.map((field) => field.split("."));

export function traitsOf(record: ParsedRecord): MatchTraits {
  const { json, eventId, time, region } = record;
  const name = callOf(record);
  const source = stringField(json, "eventSource") ?? "";
  return {
    event: { id: eventId, time, name, source, region },
    values: PATHS.map((path) => {
      const value = path.reduce<JsonValue | undefined>(
        (found, key) => (found !== undefined && isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined),
        json,
      );
      return value === undefined ? undefined : (textOf(value) ?? null);
    }),
  };
}
