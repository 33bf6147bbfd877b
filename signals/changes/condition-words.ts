import { compileFilterPattern } from "../../lib/patterns/filter-pattern/filter-pattern";
import { FilterPatternError } from "../../lib/patterns/filter-pattern/filter-pattern-error";
import {
  clausesOf,
  printJson,
  type JsonClause,
  type JsonExpression,
} from "../../lib/patterns/filter-pattern/json-syntax";
import { printSelector } from "../../lib/patterns/filter-pattern/selector";

/** The conditions of a detection's patterns, separated so that two versions can be compared. */
export interface ConditionParts {
  /** What must hold, in the order of the patterns. */
  readonly required: readonly string[];
  /** What is excluded by an inequality: the entries of `ignore`, and deployments of our own. */
  readonly ignored: readonly string[];
}

/** Longest text of one part: some list fifty event names. */
const MAX_LENGTH = 200;

/** Separates the patterns of one detection into parts; a part that all patterns share is listed once. */
export function conditionParts(patterns: readonly string[]): ConditionParts {
  const required = new Set<string>();
  const ignored = new Set<string>();
  for (const pattern of patterns) {
    for (const part of conjunctsOf(pattern)) {
      const exception = typeof part === "string" ? undefined : ignoredBy(part);
      if (exception === undefined) required.add(plain(typeof part === "string" ? part : printJson(part, " ")));
      else ignored.add(plain(exception));
    }
  }
  return { required: [...required], ignored: [...ignored] };
}

/** The differences, in words; empty when the parts are the same. */
export function conditionWords(before: ConditionParts, after: ConditionParts): string[] {
  const [gone, come] = [without(before.required, after.required), without(after.required, before.required)];
  return [
    ...without(after.ignored, before.ignored).map((text) => `now ignores ${cut(text)}`),
    ...without(before.ignored, after.ignored).map((text) => `no longer ignores ${cut(text)}`),
    ...requirementChanges(gone, come),
  ];
}

/** If one list of alternatives replaced another, names the added and removed ones; everything else is given in full. */
function requirementChanges(gone: readonly string[], come: readonly string[]): string[] {
  const [older, newer] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && older !== undefined && newer !== undefined) {
    const [left, right] = [older.split(" || "), newer.split(" || ")];
    if (left.some((one) => right.includes(one))) {
      return [
        ...without(right, left).map((text) => `now also counts ${cut(text)}`),
        ...without(left, right).map((text) => `no longer counts ${cut(text)}`),
      ];
    }
  }
  return [...come.map((text) => `now requires ${cut(text)}`), ...gone.map((text) => `no longer requires ${cut(text)}`)];
}

function conjunctsOf(pattern: string): readonly (JsonExpression | string)[] {
  try {
    const { syntax } = compileFilterPattern(pattern);
    if (syntax.kind !== "json") return [pattern];
    return syntax.expression.kind === "and" ? syntax.expression.parts : [syntax.expression];
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    return [pattern];
  }
}

/**
 * What a part excludes: `f != "x"`, or the same guarded for records without `f`, is `f = "x"`. Of alternatives, an event
 * must meet the opposite of all to be excluded. Undefined for a part that also requires something.
 */
function ignoredBy(part: JsonExpression): string | undefined {
  if (part.kind === "clause") {
    return isException(part) ? printJson(part, " ").replace(" != ", " = ") : undefined;
  }
  if (part.kind === "and") return joined(part.parts, " || ", "(", ")");
  const excepted = part.parts.flatMap((one) => exceptionsIn(one).map(({ selector }) => printSelector(selector)));
  const isGuard = (one: JsonExpression): boolean =>
    one.kind === "clause" && one.test.kind === "notExists" && excepted.includes(printSelector(one.selector));
  return joined(
    part.parts.filter((one) => !isGuard(one)),
    " && ",
  );
}

function joined(parts: readonly JsonExpression[], separator: string, before = "", after = ""): string | undefined {
  const texts = parts.map(ignoredBy);
  return texts.every((text) => text !== undefined) ? `${before}${texts.join(separator)}${after}` : undefined;
}

function exceptionsIn(part: JsonExpression): readonly JsonClause[] {
  return clausesOf(part).filter(isException);
}

function isException({ test }: JsonClause): boolean {
  return test.kind === "compare" && test.comparison.operator === "!=";
}

/** Removes the record's root, which differs by feed and does not change what is watched. */
function plain(text: string): string {
  return text.replaceAll("$.detail.", "").replaceAll("$.", "");
}

function without(texts: readonly string[], others: readonly string[]): string[] {
  return texts.filter((text) => !others.includes(text));
}

function cut(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
