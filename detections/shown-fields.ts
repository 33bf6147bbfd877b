import type { Detection } from "./detection";
import { filledPaths, subjectFields, exampleText } from "./example-fields";
import type { NormalForm } from "./normal-form";

/** Who did what, from where, and whether it worked. */
const WHO = ["eventTime", "eventName", "userIdentity.arn", "sourceIPAddress", "errorCode"];

/** Additional fields: more columns than this do not fit on a screen. */
const MAX_FURTHER_FIELDS = 3;

/** Fields to show for every event of a detection. */
export function whoFields({ scope, examples }: Detection): string[] {
  const fields = scope === "organization" ? [...WHO, "recipientAccountId"] : WHO;
  // A service that acts on its own has no ARN. A missing error code means that the call succeeded.
  return fields.filter((field) => field === "errorCode" || filledPaths(examples.matches, field).length > 0);
}

/** The same, and the fields that are specific to this detection. */
export function shownFields(detection: Detection, form: NormalForm): string[] {
  const known = new Set(["eventSource", ...WHO, ...whoFields(detection)]);
  const flags = flagsIn(form);
  const further = [...new Set([...tellingFields(form), ...exampleFields(detection)])]
    .filter((field) => !known.has(field) && !flags.has(field))
    .slice(0, MAX_FURTHER_FIELDS);
  return [...whoFields(detection), ...further];
}

/** Fields tested as a boolean, which AWS may also write as the text "true": the filter already determines the value. */
function flagsIn(form: NormalForm): ReadonlySet<string> {
  if (form.kind !== "clause") return new Set(form.parts.flatMap((part) => [...flagsIn(part)]));
  return new Set(form.test.kind === "boolean" ? [form.field] : []);
}

/** Fields whose value is worth showing. */
function tellingFields(form: NormalForm): string[] {
  if (form.kind === "clause") return form.test.kind === "absent" ? [] : [form.field];
  const absent = form.parts.flatMap((part) =>
    part.kind === "clause" && part.test.kind === "absent" ? part.field : [],
  );
  // A field that is absent or holds this text, such as `invokedBy`, is the same in all events.
  const isKnown = (part: NormalForm) =>
    form.kind === "or" && part.kind === "clause" && part.test.kind === "text" && absent.includes(part.field);
  return form.parts.filter((part) => !isKnown(part)).flatMap(tellingFields);
}

/** The targets of the detection's examples, and their errors. */
function exampleFields({ examples }: Detection): string[] {
  const failed = examples.matches.some((record) => exampleText(record, "errorMessage") !== undefined);
  return [...(failed ? ["errorMessage"] : []), ...examples.matches.flatMap(subjectFields)];
}
