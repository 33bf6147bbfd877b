import type { Detection } from "./detection";
import { filledPaths, subjectFields, textAt } from "./example-fields";
import type { NormalForm } from "./normal-form";

/** Who did what, from where, and whether it worked. */
const WHO = ["eventTime", "eventName", "userIdentity.arn", "sourceIPAddress", "errorCode"];

/** Fields shown besides: more columns than this do not fit on a screen. */
const MAX_FURTHER_FIELDS = 3;

/** Fields that a person wants to see of every event of a detection. */
export function whoFields({ scope, examples }: Detection): string[] {
  const fields = scope === "organization" ? [...WHO, "recipientAccountId"] : WHO;
  // A service that acts by itself has no ARN. That there is no error code says that a call succeeded.
  return fields.filter((field) => field === "errorCode" || filledPaths(examples.matches, field).length > 0);
}

/** The same, and those that tell what this detection is about. */
export function shownFields(detection: Detection, form: NormalForm): string[] {
  const known = new Set(["eventSource", ...WHO, ...whoFields(detection)]);
  const further = [...new Set([...tellingFields(form), ...exampleFields(detection)])]
    .filter((field) => !known.has(field))
    .slice(0, MAX_FURTHER_FIELDS);
  return [...whoFields(detection), ...further];
}

/** Fields whose value a person wants to see; of booleans the filter says enough. */
function tellingFields(form: NormalForm): string[] {
  if (form.kind !== "clause") return form.parts.flatMap(tellingFields);
  return form.test.kind === "boolean" || form.test.kind === "absent" ? [] : [form.field];
}

/** What the detection's examples were about, and what went wrong. */
function exampleFields({ examples }: Detection): string[] {
  const failed = examples.matches.some((record) => textAt(record, "errorMessage") !== undefined);
  return [...(failed ? ["errorMessage"] : []), ...examples.matches.flatMap(subjectFields)];
}
