/** A JSON value whose numbers keep how they were written. */
export type JsonValue = string | number | JsonNumber | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. Look keys up with `Object.hasOwn`: a message may name a key `constructor`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A number that JavaScript would write differently: `1.0`, `1e3`, `-0`, or more digits than it can represent. */
export class JsonNumber {
  readonly value: number;

  constructor(readonly text: string) {
    this.value = Number(text);
  }
}

export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** A number's value; undefined for anything else. */
export function numberOf(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  return value instanceof JsonNumber ? value.value : undefined;
}

/** A string, or a number as it was written; undefined for anything else. */
export function textOf(value: JsonValue): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return value instanceof JsonNumber ? value.text : undefined;
}
