import type { Field } from "../../detections/field";
import { formOfPattern } from "../../detections/verbatim-pattern";
import { ConditionError, type NormalForm } from "../../detections/normal-form";
import { NotQueryable } from "../not-queryable";

/** Where the record is within the event that EventBridge writes to a log group. */
const ENVELOPE = "detail.";

/**
 * SQL for what a deployed filter pattern requires of a record.
 *
 * @param envelope whether the log group's events are EventBridge's, which wrap the record
 * @throws NotQueryable for patterns that are not about fields of the record
 */
export function recordForm(pattern: string, envelope: boolean): NormalForm {
  try {
    const form = formOfPattern(pattern);
    return envelope ? withinRecord(form) : form;
  } catch (error) {
    if (error instanceof ConditionError) throw new NotQueryable(error.message, { cause: error });
    throw error;
  }
}

function withinRecord(form: NormalForm): NormalForm {
  if (form.kind !== "clause") return { ...form, parts: form.parts.map(withinRecord) };
  if (!form.field.startsWith(ENVELOPE)) {
    throw new NotQueryable(`its pattern matches on '${form.field}', which is not part of the record`);
  }
  return { ...form, field: form.field.slice(ENVELOPE.length) as Field };
}
