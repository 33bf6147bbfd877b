import { PLAIN } from "../../lib/naming/own-names";
import type { Detection } from "../detection";
import type { NormalForm } from "../normal-form";
import { shownFields } from "../shown-fields";
import { placeOf } from "./place";
import { howToFillIn, savedSql, type SavedQuery } from "./saved-query";
import { sqlCondition, sqlParts } from "./sql-condition";

/** A detection's conditions, and their account. */
export interface QueriedForm {
  readonly form: NormalForm;
  /** The id of the account that it was compiled for: the query uses the account that the user fills in. */
  readonly ownAccount?: string;
}

/** Maximum number of events, the newest first. */
const LIMIT = 100;

/**
 * A query that shows the events of a detection in an account: what happened and who did it. It accepts forms for
 * several accounts and shows an event that meets one of them. Undefined when there is none.
 *
 * @throws ConditionError for what the table cannot express
 */
export function eventsQuery(
  detection: Detection,
  queried: readonly QueriedForm[],
  database = PLAIN.archiveDatabase,
): SavedQuery | undefined {
  const [first] = queried;
  if (first === undefined) return undefined;
  const alternatives = new Set(queried.map(({ form, ownAccount }) => sqlCondition(form, ownAccount)));
  return {
    id: detection.id,
    name: detection.title,
    description: `${detection.meaning} ${howToFillIn()}`,
    sql: savedSql(database, {
      columns: [...shownFields(detection, first.form).map(columnSql), "eventid"],
      conditions:
        alternatives.size === 1
          ? sqlParts(first.form, first.ownAccount)
          : [`(${[...alternatives].map((sql) => `(${sql})`).join("\n    OR ")})`],
      end: ["ORDER BY eventtime DESC", `LIMIT ${LIMIT}`],
    }),
  };
}

/** A readable value of a field, under the name that the record has for it. */
function columnSql(field: string): string {
  // For a list, all elements.
  const [whole = field] = field.split("[*]");
  const place = placeOf(whole);
  if (place.kind === "some") throw new Error(`'${whole}' holds another [*]`);
  if (place.kind !== "json") return place.sql.includes(".") ? `${place.sql} AS "${whole}"` : place.sql;
  const extract = whole === field ? "json_extract_scalar" : "json_extract";
  return `${extract}(${place.sql}, '${place.path}') AS "${whole}"`;
}
