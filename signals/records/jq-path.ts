import { isArray, isObject, type JsonObject, type JsonValue } from "../../lib/patterns/json/json-value";
import { parseJson } from "../../lib/patterns/json/parse-json";
import { recordOf } from "./cloudtrail-record";

/** So much is looked through, and so deep, for a record. */
const MAX_VALUES = 10_000;
const MAX_DEPTH = 16;
/** Between filters. */
const PIPE = " | ";
/** What jq makes of a text that is JSON. Not all that lie beside each other may have one. */
const FROM_JSON = ` // empty${PIPE}fromjson${PIPE}`;
/** How gzip starts in base64. */
const PACKED = "H4sI";
/** Records under several keys, wherever they are. */
const ANYWHERE = "jq -c '.. | objects | select(.eventTime and .eventName)' <file> | trailwatch replay -";

/** The jq command that takes the records out of what wraps them; undefined when there are none. */
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
  /** Whether there are more, under keys beside it. */
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
    if (recordOf(value) !== undefined) return { path, isPacked: false, isScattered: false };
    return this.inFields(value, path, depth);
  }

  private inFields(object: JsonObject, path: string, depth: number): Place | undefined {
    const places = Object.entries(object).flatMap(
      ([key, each]) => this.in(each, `${path}${stepTo(key)}`, depth + 1) ?? [],
    );
    const [first, ...others] = places;
    // Not within texts.
    const isScattered = others.length > 0 && places.every((place) => !place.path.includes(PIPE) && !place.isPacked);
    return first && { ...first, isScattered: first.isScattered || isScattered };
  }

  private inText(text: string, path: string, depth: number): Place | undefined {
    if (text.startsWith(PACKED)) return { path, isPacked: true, isScattered: false };
    const value = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
    return value === undefined ? undefined : this.in(value, `${path}${FROM_JSON}`, depth + 1);
  }
}

/** A filter starts with a dot, unless it is a function; one that is empty passes on what it gets. */
function filterOf(filter: string): string {
  return filter.startsWith("[") || filter === "" ? `.${filter}` : filter;
}

/** The first of all passes on the file itself. */
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

/** The path stands between single quotes on a command line: a key must not end them. */
function stepTo(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key).replaceAll("'", "\\u0027")}]`;
}
