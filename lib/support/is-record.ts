/** Whether a parsed JSON value is an object. Look keys up with `Object.hasOwn` where others choose them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
