import { allOf, anyOf, literalsOfName, literalsOfPiece, type PatternLiterals } from "./pattern-literals";

/**
 * What a CloudTrail record must contain for an EventBridge rule's pattern to match its event; undefined: any record may
 * match.
 */
export function literalsOfRule(pattern: string): PatternLiterals | undefined {
  const { detail } = JSON.parse(pattern) as { readonly detail?: unknown };
  return isObject(detail) ? literalsOfFields(detail, "") : undefined;
}

/** All fields of a pattern must match, each with any of its values. */
function literalsOfFields(fields: object, parent: string): PatternLiterals | undefined {
  return allOf(
    Object.entries(fields).map(([key, value]: [string, unknown]) => {
      const field = parent === "" ? key : `${parent}.${key}`;
      if (!Array.isArray(value)) return isObject(value) ? literalsOfFields(value, field) : undefined;
      const values: readonly unknown[] = value;
      // With `$or`, there are alternatives.
      if (key === "$or") return anyOf(values.map((one) => (isObject(one) ? literalsOfFields(one, parent) : undefined)));
      return anyOf(values.map((one) => literalsOfValue(one, field)));
    }),
  );
}

function literalsOfValue(value: unknown, field: string): PatternLiterals | undefined {
  if (typeof value === "string") {
    return field === "eventName"
      ? literalsOfName(value)
      : literalsOfPiece({ text: value, starts: true, ends: true }, field);
  }
  if (!isObject(value)) return undefined;
  const { prefix, suffix } = value as { readonly prefix?: unknown; readonly suffix?: unknown };
  if (typeof prefix === "string") return literalsOfPiece({ text: prefix, starts: true, ends: false }, field);
  if (typeof suffix === "string") return literalsOfPiece({ text: suffix, starts: false, ends: true }, field);
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
