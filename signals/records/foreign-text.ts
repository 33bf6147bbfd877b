import type { JsonObject } from "../../lib/patterns/json/json-value";

const SHOWN = 60;

/** The likely kind of a line that is not JSON, and what to do about it. */
export function foreignText(line: string): string {
  const text = line.trim();
  const shown = shownStart(text);
  if (/(?![\t\n\r])[\p{Cc}\uFFFD]/u.test(text)) return "not JSON: neither text nor a packing that is known";
  if (/^<[!?a-z]/i.test(text)) return `not JSON: markup such as HTML or XML, ${shown}`;
  if (/^#?\s*version[: ]/i.test(text)) return `not JSON: a log in another format, ${shown}`;
  if (/^(?:Events|events|Records):|^---$|^- /.test(text))
    return `not JSON: YAML, ${shown}; run the AWS CLI with '--output json'`;
  if (/^[\w @"-]+(?:,[\w @"-]*){2,}$/.test(text) || /^"@?\w+"(?:,"@?\w+")*$|^@?\w+(?:,@?\w+)+$/.test(text))
    return `not JSON: a CSV file, ${shown}; CloudTrail's console also downloads JSON, and Athena's UNLOAD writes it`;
  if (text.startsWith("H4sI"))
    return `not JSON: gzip in base64, ${shown}; unpack it: while read -r data; do echo "$data" | base64 -d; done < <file> | zcat | trailwatch replay -`;
  if (text.includes("\t") || /^[-+|=]{5,}$/.test(text))
    return `not JSON: a table, ${shown}; run the AWS CLI with '--output json'`;
  return `not JSON: ${shown}`;
}

/** Text that is truncated, such as a line that was written to a full disk. `start`: its beginning. */
export function cutOffText(start: string): string {
  return `not JSON: cut off in the middle, ${shownStart(start.replace(/\s+/g, " "))}`;
}

function shownStart(text: string): string {
  return `'${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}'`;
}

/** Other objects from the same sources as records: a key that only they have, and what they are. */
const KNOWN: readonly (readonly [key: string, what: string])[] = [
  ["digestStartTime", "a digest, which holds hashes of CloudTrail's files and no records"],
  ["s3", "a notification of S3, which names a file; replay the file"],
  ["class_uid", "OCSF of Security Lake, which lacks fields of the records; replay CloudTrail's own files"],
  ["configurationItems", "a snapshot or history of AWS Config; name the folder of CloudTrail's files"],
  ["QueryResultRows", "columns of CloudTrail Lake instead of records; replay CloudTrail's own files"],
  ["ResultSet", "columns of Athena instead of records; use '--engine athena', or replay the files in S3"],
];

/** The kind of an object that is not a record, and what to do; undefined when the kind is unknown. */
export function foreignObject(object: JsonObject): string | undefined {
  return KNOWN.find(([key]) => Object.hasOwn(object, key))?.[1];
}
