import {
  onlyEntry,
  readPattern,
  type PatternPart,
  type ValueTest,
} from "../../lib/patterns/event-pattern/read-pattern";
import { isRecord } from "../../lib/support/is-record";
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
  if (operator === undefined) {
    if (typeof operand === "string") return clause(textTest(operand));
    if (typeof operand === "boolean") return clause({ kind: "boolean", value: operand });
  } else if (operator === "anything-but") {
    const [inner, texts] = isRecord(operand) ? onlyEntry(operand, field) : [undefined, operand];
    const excluded = [texts].flat().map((text) => wildcardOf(inner, text));
    if (excluded.every((wildcard) => wildcard !== undefined)) {
      return together(
        "and",
        excluded.map((wildcard) => clause({ kind: "notText", wildcard })),
      );
    }
  } else {
    const wildcard = wildcardOf(operator, operand);
    if (wildcard !== undefined) return clause({ kind: "text", wildcard });
  }
  throw new NotQueryable(`its rule matches on '${field}' in a way that SQL cannot express`);
}

/** What an operator, or undefined for equality, finds, as a condition's wildcard; undefined: no wildcard expresses it. */
function wildcardOf(operator: string | undefined, text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  // In a pattern, a backslash escapes itself and a literal star, which no wildcard of a condition can express.
  if (operator === "wildcard") {
    const isStarEscaped = text.replaceAll("\\\\", "").includes("\\*");
    return isStarEscaped ? undefined : text.replaceAll("\\\\", "\\");
  }
  // Elsewhere, a star is itself.
  if (text.includes("*")) return undefined;
  switch (operator) {
    case undefined:
      return text;
    case "prefix":
      return `${text}*`;
    case "suffix":
      return `*${text}`;
    default:
      return undefined;
  }
}

function together(kind: "and" | "or", parts: readonly NormalForm[]): NormalForm {
  const [only] = parts;
  if (only === undefined) throw new NotQueryable("its rule's pattern has an empty list or object");
  return parts.length === 1 ? only : { kind, parts };
}
