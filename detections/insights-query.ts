import { standardRegex } from "../lib/patterns/filter-pattern/regex-text";
import { alternativesOf, plainText } from "./alternatives";
import { any, type Condition } from "./condition";
import { conditionsFor, type Detection, type WatchedAccount } from "./detection";
import type { RecordRoot } from "./filter-pattern";
import { filledPaths } from "./example-fields";
import { formOfPattern } from "./verbatim-pattern";
import { normalForm, type Clause, type NormalForm } from "./normal-form";
import { shownFields, whoFields } from "./shown-fields";

/** Maximum number of events, the newest first. */
const LIMIT = 100;

/**
 * A CloudWatch Logs Insights query that shows the events of a detection in an account: what happened and who did it. It
 * finds everything that the detection's filters count. Undefined when the detection has nothing to watch there.
 */
export function insightsQuery(detection: Detection, account: WatchedAccount, root: RecordRoot): string | undefined {
  return insightsQueryOf(detection, "patterns" in detection ? [] : conditionsFor(detection, account), root);
}

/** The same with the detection's narrowed conditions; a verbatim detection has none. */
export function insightsQueryOf(
  detection: Detection,
  conditions: readonly Condition[],
  root: RecordRoot,
): string | undefined {
  const form = formOf(detection, conditions);
  if (form === undefined) return undefined;
  const columns = shownFields(detection, form).flatMap((field) => columnsOf(field, detection));
  return query(columns, print(form, root), root);
}

/**
 * The same by event names alone: shorter, for an alarm's description, and it may find more events than were counted.
 * Undefined when the detection does not select by event name.
 */
export function briefInsightsQuery(
  detection: Detection,
  account: WatchedAccount,
  root: RecordRoot,
): string | undefined {
  return briefInsightsQueryOf(detection, "patterns" in detection ? [] : conditionsFor(detection, account), root);
}

/** The same, with the detection's conditions in the account. */
export function briefInsightsQueryOf(
  detection: Detection,
  conditions: readonly Condition[],
  root: RecordRoot,
): string | undefined {
  const form = formOf(detection, conditions);
  const names = form === undefined ? [] : namesOf(form);
  if (names.length === 0) return undefined;
  const distinct = [...new Map(names.map((clause) => [JSON.stringify(clause), clause])).values()];
  return query(whoFields(detection), print({ kind: "or", parts: distinct }, root), root);
}

/**
 * Insights has no "any element": it shows the first element of a list, and each member of an object that examples have.
 */
function columnsOf(field: string, { examples }: Detection): string[] {
  if (!field.includes("[*]")) return [field];
  const members = filledPaths(examples.matches, field).filter((path) => !path.includes("["));
  return members.length > 0 ? members : [field];
}

function query(fields: readonly string[], filter: string, root: RecordRoot): string {
  const list = fields.map((field) => name(field, root)).join(", ");
  return [`fields ${list}`, `| filter ${filter}`, "| sort @timestamp desc", `| limit ${LIMIT}`].join("\n");
}

function formOf(detection: Detection, conditions: readonly Condition[]): NormalForm | undefined {
  if ("patterns" in detection) {
    const parts = detection.patterns.map((pattern) => formOfPattern(pattern));
    return parts.length === 1 ? parts[0] : { kind: "or", parts };
  }
  return conditions.length === 0 ? undefined : withPresence(normalForm(any(...conditions)));
}

/** Unlike CloudWatch's, the negated comparisons of Insights hold for a field that is missing. */
function withPresence(form: NormalForm): NormalForm {
  if (form.kind === "clause") {
    const { field, test } = form;
    const isNegated = (test.kind === "notText" || test.kind === "notRegex") && !field.includes("[*]");
    return isNegated ? { kind: "and", parts: [{ kind: "clause", field, test: { kind: "present" } }, form] } : form;
  }
  const absent = form.parts.flatMap((part) =>
    part.kind === "clause" && part.test.kind === "absent" ? part.field : [],
  );
  const isAllowed = (part: NormalForm) => part.kind === "clause" && form.kind === "or" && absent.includes(part.field);
  return { ...form, parts: form.parts.map((part) => (isAllowed(part) ? part : withPresence(part))) };
}

/** Tests of the event name, whole or by wildcard, of which a record meets one; empty if it may have any name. */
function namesOf(form: NormalForm): Clause[] {
  if (form.kind === "clause") {
    const isTest = plainText(form) !== undefined || form.test.kind === "text";
    return form.field === "eventName" && isTest ? [form] : [];
  }
  const names = form.parts.map(namesOf);
  if (form.kind === "and") return names.find((some) => some.length > 0) ?? [];
  return names.some((some) => some.length === 0) ? [] : names.flat();
}

function print(form: NormalForm, root: RecordRoot): string {
  if (form.kind === "clause") return printClause(form, root);
  if (form.kind === "or") return alternatives(form.parts, root).join(" or ");
  return form.parts.map((part) => enclosed(part, root)).join(" and ");
}

function enclosed(form: NormalForm, root: RecordRoot): string {
  const single = form.kind === "clause" || (form.kind === "or" && alternatives(form.parts, root).length === 1);
  return single ? print(form, root) : `(${print(form, root)})`;
}

function alternatives(parts: readonly NormalForm[], root: RecordRoot): string[] {
  return alternativesOf(parts).map((part) => {
    if (part.kind !== "texts") return enclosed(part, root);
    const texts = part.texts.map(quote);
    return `${name(part.field, root)} ${texts.length === 1 ? `= ${texts.join("")}` : `in [${texts.join(", ")}]`}`;
  });
}

function printClause({ field, test }: Clause, root: RecordRoot): string {
  const selector = name(field, root);
  switch (test.kind) {
    case "text":
      if (field.includes("[*]")) return anywhere(test.wildcard);
      if (test.wildcard === "*") return `ispresent(${selector})`;
      return test.wildcard.includes("*")
        ? `${selector} like ${regex(test.wildcard)}`
        : `${selector} = ${quote(test.wildcard)}`;
    case "notText":
      if (field.includes("[*]")) return printClause({ kind: "clause", field, test: { kind: "present" } }, root);
      return test.wildcard.includes("*")
        ? `${selector} not like ${regex(test.wildcard)}`
        : `${selector} != ${quote(test.wildcard)}`;
    case "regex":
      // In the text of the whole event, a value begins and ends with a quote.
      if (field.includes("[*]")) return `@message like ${cloudWatchRegex(test.regex, '"', '"')}`;
      return `${selector} like ${cloudWatchRegex(test.regex, "^", "$")}`;
    case "notRegex":
      return `${selector} not like ${cloudWatchRegex(test.regex, "^", "$")}`;
    case "present":
      return field.includes("[*].") ? anywhere(field.split(".").at(-1) ?? "") : `ispresent(${selector})`;
    case "absent":
      return `not ispresent(${selector})`;
    case "boolean":
      if (field.includes("[*]")) return anywhereBoolean(field, test.value);
      // Insights keeps JSON's booleans as numbers.
      return `${selector} = ${test.value ? 1 : 0}`;
    case "compare":
      if (field.includes("[*]")) return printClause({ kind: "clause", field, test: { kind: "present" } }, root);
      return `${selector} ${test.operator} ${test.value}`;
  }
}

/** Insights has no syntax for "some element" of an array: search the text of the whole event. */
function anywhere(text: string): string {
  return `@message like ${regex(`*"${text}"*`)}`;
}

/** The same for a boolean, which has no quotes: of that name, or within the list or object of that name. */
function anywhereBoolean(field: string, value: boolean): string {
  const [list = "", within] = field.split("[*]");
  const name = (within === "" || within === undefined ? list : within).split(".").at(-1) ?? "";
  const between = within === "" ? "[{\\[][^}\\]]*" : "";
  return `@message like /"${name}":${between}${String(value)}/`;
}

/** A field as Insights discovers it: elements of arrays by number, unusual characters in backticks. */
function name(field: string, root: RecordRoot): string {
  const path = `${root === "$" ? "" : "detail."}${field.replace("[*]", "[0]").replace(/\[(\d+)\]/g, ".$1")}`;
  return /^[\w.]+$/.test(path) ? path : `\`${path}\``;
}

function regex(wildcard: string): string {
  const text = wildcard.split("*").map((piece) => piece.replace(/[\\^$.|?+()[\]{}/]/g, "\\$&"));
  return `/^${text.join(".*")}$/`.replace(/^\/\^\.\*/, "/").replace(/\.\*\$\/$/, "/");
}

function cloudWatchRegex(source: string, start: string, end: string): string {
  return `/${standardRegex(source, { start, end }).replaceAll("/", "\\/")}/`;
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
