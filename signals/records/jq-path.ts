import { isArray, isObject, type JsonValue } from "../json/json-value";
import { parseJson } from "../json/parse-json";

/** So much is looked through, and so deep, for a record. */
const MAX_VALUES = 10_000;
const MAX_DEPTH = 16;
/** Between filters. */
const PIPE = " | ";
/** How gzip starts in base64. */
const PACKED = "H4sI";

/** The jq command that takes the records out of what wraps them; undefined when there are none. */
export function jqCommand(around: string, value: JsonValue): string | undefined {
  const found = new RecordSearch().in(value, around, 0);
  if (found === undefined) return undefined;
  const path = found.path.split(PIPE).map(filterOf).join(PIPE);
  return found.isPacked
    ? `jq -r '${path}' <file> | while read -r data; do echo "$data" | base64 -d; done | zcat | trailwatch replay -`
    : `jq -c '${path}' <file> | trailwatch replay -`;
}

interface Place {
  readonly path: string;
  /** Whether it holds gzip in base64. */
  readonly isPacked: boolean;
}

class RecordSearch {
  private left = MAX_VALUES;

  in(value: JsonValue, path: string, depth: number): Place | undefined {
    this.left -= 1;
    if (this.left < 0 || depth > MAX_DEPTH) return undefined;
    if (typeof value === "string") return this.inText(value, path, depth);
    if (isArray(value)) return firstOf(value, (each) => this.in(each, `${path}[]`, depth + 1));
    if (!isObject(value)) return undefined;
    if (typeof value["eventTime"] === "string" && typeof value["eventName"] === "string") {
      return { path, isPacked: false };
    }
    return firstOf(Object.entries(value), ([key, each]) => this.in(each, `${path}${stepTo(key)}`, depth + 1));
  }

  private inText(text: string, path: string, depth: number): Place | undefined {
    if (text.startsWith(PACKED)) return { path, isPacked: true };
    const value = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
    return value === undefined ? undefined : this.in(value, `${path}${PIPE}fromjson${PIPE}`, depth + 1);
  }
}

/** A filter starts with a dot, unless it is a function; one that is empty passes on what it gets. */
function filterOf(filter: string): string {
  return filter.startsWith("[") || filter === "" ? `.${filter}` : filter;
}

function firstOf<T>(values: readonly T[], find: (value: T) => Place | undefined): Place | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The path stands between single quotes on a command line: a key must not end them. */
function stepTo(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key).replaceAll("'", "\\u0027")}]`;
}
