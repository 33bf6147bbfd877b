import type { Condition } from "./condition";
import { clausesOf, ConditionError, normalForm, type Clause, type NormalForm } from "./normal-form";
import { sharingAbsence } from "./shared-absence";

/** Selector of the CloudTrail record within a log event: a trail writes the bare record, EventBridge wraps it. */
export type RecordRoot = "$" | "$.detail";

/** Source: CloudWatch Logs API, PutMetricFilter, and User Guide, filter pattern syntax. */
export const PATTERN_LIMITS = { characters: 1024, wildcards: 3, regexes: 2 } as const;

/**
 * The condition as CloudWatch filter patterns. Usually one; what is too long for one, or has too many wildcards, is
 * divided by operations, so that no record matches two of the patterns and their filters can count on one metric.
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

/** Alternatives of other operations, in order, in as few groups as fit: an event has one name, so no two share one. */
function divide(form: NormalForm, root: RecordRoot): NormalForm[] {
  if (fits(form, root)) return [form];
  const parts = form.kind === "and" ? form.parts : [form];
  const alternatives = parts.find(isByNames);
  if (alternatives === undefined) return [form];

  const rest = parts.filter((part) => part !== alternatives);
  const groups: NormalForm[][] = [];
  for (const part of alternatives.parts) {
    const last = groups.at(-1);
    if (last !== undefined && fits(restricted(rest, [...last, part]), root)) last.push(part);
    else groups.push([part]);
  }
  return groups.flatMap((group) => divide(restricted(rest, group), root));
}

/** One of the alternatives, and all of the rest, without what only operations of other alternatives could meet. */
function restricted(rest: readonly NormalForm[], alternatives: readonly NormalForm[]): NormalForm {
  const either = eitherOf(alternatives);
  if (rest.length === 0) return either;
  const names = alternatives.flatMap(namesIn);
  const relevant = rest.map((part): NormalForm => {
    if (part.kind !== "or") return part;
    const left = part.parts.filter((one) => {
      const required = namesIn(one);
      return required.length === 0 || required.some((name) => names.some((other) => mayBeOne(name, other)));
    });
    return left.length === 0 ? part : eitherOf(left);
  });
  return { kind: "and", parts: [...relevant, ...(either.kind === "and" ? either.parts : [either])] };
}

function eitherOf(alternatives: readonly NormalForm[]): NormalForm {
  const [only] = alternatives;
  return alternatives.length === 1 && only !== undefined ? only : { kind: "or", parts: alternatives };
}

function fits(form: NormalForm, root: RecordRoot): boolean {
  return (
    print(form, root).length <= PATTERN_LIMITS.characters &&
    sumOf(form, wildcardsOf) <= PATTERN_LIMITS.wildcards &&
    sumOf(form, regexesOf) <= PATTERN_LIMITS.regexes
  );
}

/** Whether each alternative requires operations that no other one has. */
function isByNames(form: NormalForm): form is Extract<NormalForm, { kind: "and" | "or" }> {
  if (form.kind !== "or") return false;
  const names = form.parts.map(namesIn);
  const isDistinct = (name: string, index: number) =>
    names.every((others, at) => at === index || !others.some((other) => mayBeOne(name, other)));
  return names.every((some, index) => some.length > 0 && some.every((name) => isDistinct(name, index)));
}

/** Whether an operation may have both names, of which a `*` stands for any text. */
function mayBeOne(name: string, other: string): boolean {
  if (!name.includes("*") && !other.includes("*")) return name === other;
  const [one, two] = [beforeWildcard(name), beforeWildcard(other)];
  return (name.includes("*") && two.startsWith(one)) || (other.includes("*") && one.startsWith(two));
}

/** The operations, by name or wildcard, one of which a record must have; empty where it may have others. */
function namesIn(form: NormalForm): readonly string[] {
  if (form.kind === "clause") {
    const { field, test } = form;
    return field === "eventName" && test.kind === "text" ? [test.wildcard] : [];
  }
  const names = form.parts.map(namesIn);
  if (form.kind === "and") return names.find((some) => some.length > 0) ?? [];
  return names.every((some) => some.length > 0) ? names.flat() : [];
}

function beforeWildcard(name: string): string {
  return name.replace(/\*.*$/, "");
}

/** Shortened only where it must be, so that deployed patterns stay as they are. */
function print(form: NormalForm, root: RecordRoot): string {
  const pattern = `{ ${printForm(form, root)} }`;
  if (pattern.length <= PATTERN_LIMITS.characters) return pattern;
  const shared = `{ ${printForm(sharingAbsence(form), root)} }`;
  return shared.length <= PATTERN_LIMITS.characters || form.kind === "clause" ? shared : withoutBlanks(shared);
}

/** CloudWatch needs no blanks beside operators and brackets. Those within texts, and behind a word such as TRUE, stay. */
function withoutBlanks(pattern: string): string {
  return pattern
    .split(/("(?:[^"\\]|\\.)*"|%[^%]*%)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/ (!?=) /g, "$1").replace(/(^|\)) (&&|\|\|) /g, "$1$2"),
    )
    .join("");
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
