import type { Condition } from "./condition";
import { clausesOf, ConditionError, normalForm, type Clause, type NormalForm } from "./normal-form";
import { sharingAbsence } from "./shared-absence";

/** Selector of the CloudTrail record within a log event: a trail writes the bare record, EventBridge wraps it. */
export type RecordRoot = "$" | "$.detail";

/** Source: CloudWatch Logs API, PutMetricFilter, and User Guide, filter pattern syntax. */
export const PATTERN_LIMITS = { characters: 1024, wildcards: 3, regexes: 2 } as const;

/**
 * The condition as CloudWatch filter patterns. Usually one; a list of operations that is too long for one is divided,
 * so that no record matches two of the patterns and their filters can count on one metric.
 *
 * @throws ConditionError when it exceeds CloudWatch's limits, or cannot be expressed in its language
 */
export function filterPatterns(condition: Condition, root: RecordRoot): string[] {
  return divide(normalForm(condition), root).map((form) => {
    const pattern = print(form, root);
    if (pattern.length > PATTERN_LIMITS.characters) {
      throw new ConditionError(
        `a filter pattern must be at most ${PATTERN_LIMITS.characters} characters, got '${pattern.length}'`,
      );
    }
    checkCount("'*'", sumOf(form, wildcardsOf), PATTERN_LIMITS.wildcards);
    checkCount("regular expressions", sumOf(form, regexesOf), PATTERN_LIMITS.regexes);
    return pattern;
  });
}

/** Whether a filter pattern holds a regular expression, which is what `%` outside quotes begins. */
export function holdsRegex(pattern: string): boolean {
  return pattern.replace(/"(?:[^"\\]|\\.)*"/g, "").includes("%");
}

function checkCount(what: string, count: number, limit: number): void {
  if (count > limit) throw new ConditionError(`a filter pattern must hold at most ${limit} ${what}, got '${count}'`);
}

function sumOf(form: NormalForm, count: (clause: Clause) => number): number {
  return clausesOf(form).reduce((sum, clause) => sum + count(clause), 0);
}

/** A `*` in a regular expression is a repetition, which CloudWatch does not count. */
function wildcardsOf({ field, test }: Clause): number {
  const wildcard = "wildcard" in test ? test.wildcard : test.kind === "present" ? "*" : "";
  return `${field}${wildcard}`.split("*").length - 1;
}

function regexesOf({ test }: Clause): number {
  return "regex" in test ? 1 : 0;
}

/** Halves the list of operations until each half fits: an event has one name, so the halves share no event. */
function divide(form: NormalForm, root: RecordRoot): NormalForm[] {
  if (print(form, root).length <= PATTERN_LIMITS.characters) return [form];
  const parts = form.kind === "and" ? form.parts : [form];
  const names = parts.find(isListOfNames);
  if (names === undefined) return [form];

  const rest = parts.filter((part) => part !== names);
  const middle = Math.ceil(names.parts.length / 2);
  return [names.parts.slice(0, middle), names.parts.slice(middle)]
    .map((half): NormalForm => ({ kind: "or", parts: half }))
    .flatMap((half) => divide({ kind: "and", parts: [...rest, half] }, root));
}

function isListOfNames(form: NormalForm): form is Extract<NormalForm, { kind: "and" | "or" }> {
  return (
    form.kind === "or" &&
    form.parts.length > 1 &&
    form.parts.every(
      (part) =>
        part.kind === "clause" &&
        part.field === "eventName" &&
        part.test.kind === "text" &&
        !part.test.wildcard.includes("*"),
    )
  );
}

/** Shortened only where it must be, so that deployed patterns stay as they are. */
function print(form: NormalForm, root: RecordRoot): string {
  const pattern = `{ ${printForm(form, root)} }`;
  return pattern.length <= PATTERN_LIMITS.characters ? pattern : `{ ${printForm(sharingAbsence(form), root)} }`;
}

function printForm(form: NormalForm, root: RecordRoot): string {
  if (form.kind === "clause") return printClause(form, root);
  return form.parts
    .map((part) => (part.kind === "clause" ? printForm(part, root) : `(${printForm(part, root)})`))
    .join(form.kind === "and" ? " && " : " || ");
}

function printClause({ field, test }: Clause, root: RecordRoot): string {
  const selector = `${root}.${field}`;
  switch (test.kind) {
    case "text":
      return `${selector} = ${quote(test.wildcard)}`;
    case "notText":
      return `${selector} != ${quote(test.wildcard)}`;
    case "regex":
      return `${selector} = %${test.regex}%`;
    case "notRegex":
      return `${selector} != %${test.regex}%`;
    case "present":
      return `${selector} = "*"`;
    case "absent":
      return `${selector} NOT EXISTS`;
    case "boolean":
      return `${selector} IS ${test.value ? "TRUE" : "FALSE"}`;
    case "compare":
      return `${selector} ${test.operator} ${test.value}`;
  }
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
