import type { Field } from "../../detections/field";
import type { Clause, NormalForm, Test } from "../../detections/normal-form";
import { NotQueryable } from "../not-queryable";

/**
 * SQL for what an EventBridge pattern requires of the record within the event; undefined: it admits any record. For
 * other fields of the event, the archive can only show what is true of every record that CloudTrail sends to
 * EventBridge.
 *
 * @throws NotQueryable for other parts of a pattern
 */
export function eventPatternForm(pattern: string): NormalForm | undefined {
  const { source, "detail-type": kinds, detail, ...others } = JSON.parse(pattern) as Readonly<Record<string, unknown>>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new NotQueryable(`its rule matches on '${other}'`);
  if (source !== undefined && !isOfAws(source)) throw new NotQueryable("its rule matches on a 'source'");
  // Sign-ins have two spellings; every event that is not an Insights event has one of these names.
  if (kinds !== undefined && !(Array.isArray(kinds) && KINDS.every((kind) => kinds.includes(kind)))) {
    throw new NotQueryable("its rule matches on a 'detail-type'");
  }
  return isObject(detail) ? formOfFields(detail, "") : undefined;
}

/** Source: EventBridge User Guide, events of AWS services via CloudTrail. */
const KINDS = [
  "AWS API Call via CloudTrail",
  "AWS Service Event via CloudTrail",
  "AWS Console Sign In via CloudTrail",
  "AWS Console Action via CloudTrail",
];

function isOfAws(source: unknown): boolean {
  return JSON.stringify(source) === '[{"prefix":"aws."}]';
}

/** All fields must match, each with any of its values. */
function formOfFields(fields: Readonly<Record<string, unknown>>, parent: string): NormalForm {
  return together(
    "and",
    Object.entries(fields).map(([key, value]) => {
      const field = parent === "" ? key : `${parent}.${key}`;
      if (isObject(value)) return formOfFields(value, field);
      if (!Array.isArray(value))
        throw new NotQueryable(`its rule matches on '${field}' in a way that SQL cannot express`);
      const alternatives: readonly unknown[] = value;
      if (key !== "$or")
        return together(
          "or",
          alternatives.map((each) => formOfValue(each, field as Field)),
        );
      return together(
        "or",
        alternatives.map((each) => formOfFields(isObject(each) ? each : {}, parent)),
      );
    }),
  );
}

function formOfValue(value: unknown, field: Field): NormalForm {
  const clause = (kind: "text" | "notText", wildcard: string): Clause => {
    const test: Test = { kind, wildcard };
    return { kind: "clause", field, test };
  };
  if (typeof value === "string" && !value.includes("*")) return clause("text", value);
  if (isObject(value) && Object.keys(value).length === 1) {
    const { prefix, suffix, wildcard, "anything-but": others } = value;
    if (typeof prefix === "string" && !prefix.includes("*")) return clause("text", `${prefix}*`);
    if (typeof suffix === "string" && !suffix.includes("*")) return clause("text", `*${suffix}`);
    // In a pattern, a backslash escapes itself and a literal star, which no condition can express.
    if (typeof wildcard === "string" && !wildcard.includes("\\*")) {
      return clause("text", wildcard.replaceAll("\\\\", "\\"));
    }
    const texts: readonly unknown[] = [others].flat();
    if (texts.every((text): text is string => typeof text === "string" && !text.includes("*"))) {
      return together(
        "and",
        texts.map((text) => clause("notText", text)),
      );
    }
  }
  throw new NotQueryable(`its rule matches on '${field}' in a way that SQL cannot express`);
}

function together(kind: "and" | "or", parts: readonly NormalForm[]): NormalForm {
  const [only] = parts;
  if (only === undefined) throw new NotQueryable("its rule's pattern has an empty list or object");
  return parts.length === 1 ? only : { kind, parts };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
