/**
 * JSON with sorted keys, byte for byte as cdktf 0.21 writes a stack, that is json-stable-stringify 1.3 with two spaces:
 * an empty list or map takes two lines. A single pass without a check for circular references, which would not have
 * been resolved.
 *
 * @returns undefined for what JSON does not have
 */
export function stackText(data: unknown, lineBreak = "\n"): string | undefined {
  const value = hasToJson(data) ? data.toJSON() : data;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);

  const inner = `${lineBreak}  `;
  let text = "";
  if (Array.isArray(value)) {
    for (const element of value) text += `${text && ","}${inner}${stackText(element, inner) ?? "null"}`;
    return `[${text}${lineBreak}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const part = stackText((value as Record<string, unknown>)[key], inner);
    if (part !== undefined) text += `${text && ","}${inner}${JSON.stringify(key)}: ${part}`;
  }
  return `{${text}${lineBreak}}`;
}

function hasToJson(data: unknown): data is { toJSON(): unknown } {
  return typeof data === "object" && data !== null && typeof (data as { toJSON?: unknown }).toJSON === "function";
}
