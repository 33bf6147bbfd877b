import { isObject, textOf, type JsonValue } from "../json/json-value";
import type { CloudTrailRecord } from "../records/cloudtrail-record";

/** Fields of a record that say who caused it, from where, and with what result: what an `ignore` may be about. */
export const TRAIT_FIELDS = [
  "userIdentity.sessionContext.sessionIssuer.arn",
  "userIdentity.arn",
  "userIdentity.invokedBy",
  "userIdentity.principalId",
  "sourceIPAddress",
  "errorCode",
] as const;

export type TraitField = (typeof TRAIT_FIELDS)[number];

/** What tuning has to know of a record that matched: plain data, that one thread can hand to another. */
export interface MatchTraits {
  readonly eventId?: string;
  /**
   * The fields' texts, in the order of TRAIT_FIELDS. Undefined where a record has none; null where there is something
   * that is no text, which CloudWatch takes for neither missing nor unequal, so that any `ignore` of it applies.
   */
  readonly values: readonly (string | null | undefined)[];
}

const PATHS = TRAIT_FIELDS.map((field) => field.split("."));

export function traitsOf({ json, eventId }: CloudTrailRecord): MatchTraits {
  return {
    ...(eventId === undefined ? {} : { eventId }),
    values: PATHS.map((path) => {
      const value = path.reduce<JsonValue | undefined>(
        (found, key) => (found !== undefined && isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined),
        json,
      );
      return value === undefined ? undefined : (textOf(value) ?? null);
    }),
  };
}
