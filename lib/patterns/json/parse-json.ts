import { isObject, JsonNumber, type JsonObject, type JsonValue } from "./json-value";

/**
 * Parses a message that is one JSON object; undefined for anything else. The last of duplicate keys wins.
 *
 * Numbers keep how they were written, because CloudWatch compares them with text: `1.0` is not "1". JavaScript discards
 * that, so a message with a number that it would write differently, which is rare, is built token by token.
 */
export function parseJsonObject(message: string): JsonObject | undefined {
  const value = parse(message);
  return value !== undefined && isObject(value) ? value : undefined;
}

/** The same for a message in which all numbers are as JavaScript writes them. */
export function parseUsualObject(message: string): JsonObject | undefined {
  try {
    const value = JSON.parse(message) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parse(message: string): JsonValue | undefined {
  return /^[ \t\r\n]*\{/.test(message) ? parseJson(message) : undefined;
}

/** Parses any JSON in the same way; undefined for anything else. */
export function parseJson(message: string): JsonValue | undefined {
  try {
    const value = JSON.parse(message) as JsonValue;
    return UNUSUAL_NUMBER.test(message) ? build(message) : value;
  } catch {
    return undefined;
  }
}

/**
 * A fraction, an exponent, a negative zero or more than 15 digits, behind a key or in a list. It also matches some text,
 * which only costs time.
 */
const UNUSUAL_NUMBER = /(?:"\s*:|[,[])\s*(?:-?\d+[.eE]|-0|-?\d{16})/;

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\]]|true|false|null/g;

type Container =
  { readonly object: Record<string, JsonValue>; key: string | undefined } | { readonly array: JsonValue[] };

/** Builds a message that is known to be JSON. No recursion: a message may nest deeper than the stack. */
function build(message: string): JsonValue | undefined {
  const open: Container[] = [];
  let root: JsonValue | undefined;

  const place = (value: JsonValue): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = value;
    else if ("array" in parent) parent.array.push(value);
    else if (parent.key !== undefined) {
      define(parent.object, parent.key, value);
      parent.key = undefined;
    }
  };

  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(message)?.[0]; token !== undefined; token = TOKEN.exec(message)?.[0]) {
    const parent = open.at(-1);
    if (token === "{") {
      const object: Record<string, JsonValue> = {};
      place(object);
      open.push({ object, key: undefined });
    } else if (token === "[") {
      const array: JsonValue[] = [];
      place(array);
      open.push({ array });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (parent !== undefined && "object" in parent && parent.key === undefined) {
      parent.key = stringOf(token);
    } else {
      place(scalar(token));
    }
  }
  return root;
}

function scalar(token: string): JsonValue {
  if (token.startsWith('"')) return stringOf(token);
  if (token === "true" || token === "false") return token === "true";
  if (token === "null") return null;
  const value = Number(token);
  return String(value) === token ? value : new JsonNumber(token);
}

function stringOf(token: string): string {
  return token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
}

/** Assignment would lose the key `__proto__`. */
function define(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
