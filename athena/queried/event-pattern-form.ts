import { readPattern, type PatternPart, type ValueTest } from "../../lib/patterns/event-pattern/read-pattern";
import type { Field } from "../../detections/field";
import { textTest, type Clause, type NormalForm, type Test } from "../../detections/normal-form";
import { NotQueryable } from "../not-queryable";

/**
 * SQL for what an EventBridge pattern requires of the record within the event; undefined: it admits any record. For
 * other fields of the event, the archive can only show what is true of every record that CloudTrail sends to
 * EventBridge.
 *
 * @throws NotQueryable for other parts of a pattern
 */
export function eventPatternForm(pattern: string): NormalForm | undefined {
  const parts = readPattern(pattern);
  const other = parts.find(({ path: [root = ""] }) => !["source", "detail-type", "detail"].includes(root));
  if (other !== undefined) throw new NotQueryable(`its rule matches on '${other.path[0] ?? "$or"}'`);
  for (const part of parts) checkEnvelope(part);
  const ofRecord = parts.filter(isOfRecord);
  return ofRecord.length === 0 ? undefined : formOfParts(ofRecord);
}

function isOfRecord({ path: [root] }: PatternPart): boolean {
  return root === "detail";
}

/** @throws NotQueryable unless all of CloudTrail's events meet what is required beside the record */
function checkEnvelope(part: PatternPart): void {
  const { path } = part;
  const [root = ""] = path;
  const tests = path.length === 1 && part.kind === "field" ? part.tests : [];
  if (root === "source" && !isOfAws(tests)) throw new NotQueryable("its rule matches on a 'source'");
  // Sign-ins have two spellings; every event that is not an Insights event has one of these names.
  if (root === "detail-type" && !KINDS.every((kind) => tests.some((test) => isText(test, kind)))) {
    throw new NotQueryable("its rule matches on a 'detail-type'");
  }
}

/** Source: EventBridge User Guide, events of AWS services via CloudTrail. */
const KINDS = [
  "AWS API Call via CloudTrail",
  "AWS Service Event via CloudTrail",
  "AWS Console Sign In via CloudTrail",
  "AWS Console Action via CloudTrail",
];

function isOfAws([test, ...others]: readonly ValueTest[]): boolean {
  return test?.operator === "prefix" && test.operand === "aws." && others.length === 0;
}

function isText({ operator, operand }: ValueTest, text: string): boolean {
  return operator === undefined && operand === text;
}

function formOfParts(parts: readonly PatternPart[]): NormalForm {
  return together("and", parts.map(formOfPart));
}

function formOfPart(part: PatternPart): NormalForm {
  if (part.kind === "or") return together("or", part.alternatives.map(formOfParts));
  const field = part.path.slice(1).join(".") as Field;
  return together(
    "or",
    part.tests.map((test) => formOfTest(test, field)),
  );
}

function formOfTest({ operator, operand }: ValueTest, field: Field): NormalForm {
  const clause = (test: Test): Clause => ({ kind: "clause", field, test });
  const text = (wildcard: string): Clause => clause({ kind: "text", wildcard });
  if (operator === undefined && typeof operand === "string") return clause(textTest(operand));
  // A star in a pattern is itself, except in `wildcard`.
  const affix = typeof operand === "string" && !operand.includes("*") ? operand : undefined;
  if (affix !== undefined && operator === "prefix") return text(`${affix}*`);
  if (affix !== undefined && operator === "suffix") return text(`*${affix}`);
  // In a pattern, a backslash escapes itself and a literal star, which no wildcard of a condition can express.
  if (operator === "wildcard" && typeof operand === "string" && !operand.includes("\\*")) {
    return text(operand.replaceAll("\\\\", "\\"));
  }
  const texts: readonly unknown[] = operator === "anything-but" ? [operand].flat() : [undefined];
  if (texts.every((each): each is string => typeof each === "string" && !each.includes("*"))) {
    return together(
      "and",
      texts.map((wildcard) => clause({ kind: "notText", wildcard })),
    );
  }
  throw new NotQueryable(`its rule matches on '${field}' in a way that SQL cannot express`);
}

function together(kind: "and" | "or", parts: readonly NormalForm[]): NormalForm {
  const [only] = parts;
  if (only === undefined) throw new NotQueryable("its rule's pattern has an empty list or object");
  return parts.length === 1 ? only : { kind, parts };
}
