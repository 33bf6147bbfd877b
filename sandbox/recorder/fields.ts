import { isRecord } from "../../lib/support/is-record";

/** Named values, as on the wire and in records. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value has named fields. */
export function isFields(value: unknown): value is Fields {
  return isRecord(value);
}

/** The value's fields; none when it has none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The text at a path of names; undefined when there is none. */
export function nestedText(fields: Fields, ...path: readonly string[]): string | undefined {
  let value: unknown = fields;
  for (const name of path) value = fieldsOf(value)[name];
  return typeof value === "string" ? value : undefined;
}
