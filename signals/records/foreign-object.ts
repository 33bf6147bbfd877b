import type { JsonObject } from "../../lib/patterns/json/json-value";

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
