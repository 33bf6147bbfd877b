import { isArray, isObject, type JsonObject, type JsonValue } from "../../lib/patterns/json/json-value";
import { parseJson } from "../../lib/patterns/json/parse-json";
import { toRecord } from "./cloudtrail-record";

/** Limits of the search for a record: number of values, and depth. */
const MAX_VALUES = 10_000;
const MAX_DEPTH = 16;
/** Separator of filters. */
const PIPE = " | ";
/** The jq filter that parses a text as JSON. Not every sibling has to be such a text. */
const FROM_JSON = ` // empty${PIPE}fromjson${PIPE}`;
/** The start of gzip in base64. */
const PACKED = "H4sI";
/** Finds records under several keys, wherever they are. */
const ANYWHERE = "jq -c '.. | objects | select(.eventTime and .eventName)' <file> | trailwatch replay -";

/** The jq command that extracts the records from their wrapper; undefined when there are none. */
export function jqCommand(around: string, value: JsonValue): string | undefined {
  const found = new RecordSearch().in(value, around, 0);
  if (found === undefined) return undefined;
  if (found.isScattered) return ANYWHERE;
  const path = found.path.split(PIPE).filter(isNoIdentity).map(filterOf).join(PIPE);
  return found.isPacked
    ? `jq -r '${path}' <file> | while read -r data; do echo "$data" | base64 -d; done | zcat | trailwatch replay -`
    : `jq -c '${path}' <file> | trailwatch replay -`;
}

interface Place {
  readonly path: string;
  /** Whether it holds gzip in base64. */
  readonly isPacked: boolean;
  /** Whether there are more records, under sibling keys. */
  readonly isScattered: boolean;
}

class RecordSearch {
  private left = MAX_VALUES;

  in(value: JsonValue, path: string, depth: number): Place | undefined {
    this.left -= 1;
    if (this.left < 0 || depth > MAX_DEPTH) return undefined;
    if (typeof value === "string") return this.inText(value, path, depth);
    if (isArray(value)) return firstOf(value, (each) => this.in(each, `${path}[]`, depth + 1));
    if (!isObject(value)) return undefined;
    if (toRecord(value) !== undefined) return { path, isPacked: false, isScattered: false };
    return this.inFields(value, path, depth);
  }

  private inFields(object: JsonObject, path: string, depth: number): Place | undefined {
    const places = Object.entries(object).flatMap(
      ([key, each]) => this.in(each, `${path}${stepTo(key)}`, depth + 1) ?? [],
    );
    const [first, ...others] = places;
    // Not inside texts.
    const isScattered = others.length > 0 && places.every((place) => !place.path.includes(PIPE) && !place.isPacked);
    return first && { ...first, isScattered: first.isScattered || isScattered };
  }

  private inText(text: string, path: string, depth: number): Place | undefined {
    if (text.startsWith(PACKED)) return { path, isPacked: true, isScattered: false };
    const value = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
    return value === undefined ? undefined : this.in(value, `${path}${FROM_JSON}`, depth + 1);
  }
}

/** A filter starts with a dot, unless it is a function; an empty filter returns its input. */
function filterOf(filter: string): string {
  return filter.startsWith("[") || filter === "" ? `.${filter}` : filter;
}

/** The first filter returns the file itself. */
function isNoIdentity(filter: string, index: number): boolean {
  return filter !== "" || index === 0;
}

function firstOf<T>(values: readonly T[], find: (value: T) => Place | undefined): Place | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The path is in single quotes on a command line: a key must not close them. */
function stepTo(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key).replaceAll("'", "\\u0027")}]`;
}
