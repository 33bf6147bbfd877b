import { isRecord } from "../../support/is-record";
import { EventPatternError } from "./event-pattern-error";

/** One requirement of a pattern; all of them must be met. */
export type PatternPart =
  /** One of the tests must pass on the field at the path. */
  | { readonly kind: "field"; readonly path: readonly string[]; readonly tests: readonly ValueTest[] }
  /** All parts of one alternative must be met. Paths begin at the event, not at the `$or`. */
  | { readonly kind: "or"; readonly path: readonly string[]; readonly alternatives: readonly PatternPart[][] };

/** One element of a field's array: an operator and its operand. Without an operator, the value must be equal. */
export interface ValueTest {
  readonly operator?: string;
  readonly operand: unknown;
}

/** Names that EventBridge reserves for operators; they cannot be field names within `$or`. */
const RESERVED =
  /^(?:exactly|prefix|suffix|equals-ignore-case|anything-but|exists|wildcard|numeric|cidr|regex|[<>]=?|=)$/;

/**
 * Reads the structure of an event pattern. Operators are compiled elsewhere.
 *
 * @throws EventPatternError for a structure that EventBridge refuses
 */
export function readPattern(pattern: string | object): PatternPart[] {
  return partsOf(patternObject(pattern), [], false);
}

/** The pattern as patterns of one field each, at the top or one level below it: an event meets all or not the pattern. */
export function onePatternPerField(pattern: string | object): object[] {
  return Object.entries(patternObject(pattern)).flatMap(([key, value]): object[] =>
    isRecord(value)
      ? Object.entries(value).map(([inner, wanted]) => ({ [key]: { [inner]: wanted } }))
      : [{ [key]: value }],
  );
}

function patternObject(pattern: string | object): Readonly<Record<string, unknown>> {
  const root = typeof pattern === "string" ? parsed(pattern) : pattern;
  if (isRecord(root)) return root;
  throw new EventPatternError("a pattern must be a JSON object", "");
}

function parsed(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch (error) {
    throw new EventPatternError(`a pattern must be JSON: ${error instanceof Error ? error.message : ""}`, "");
  }
}

function partsOf(
  fields: Readonly<Record<string, unknown>>,
  parent: readonly string[],
  isWithinOr: boolean,
): PatternPart[] {
  const entries = Object.entries(fields);
  if (entries.length === 0) refuse("a pattern, and each object in it, must not be empty", parent);
  return entries.flatMap(([key, value]): PatternPart[] => {
    if (key === "$or" && Array.isArray(value)) return [orPart(value, parent)];
    const path = [...parent, key];
    if (isWithinOr && RESERVED.test(key)) refuse("a field within '$or' must not be named like an operator", path);
    if (isRecord(value)) return partsOf(value, path, isWithinOr);
    if (!Array.isArray(value)) return refuse("a field must be an object or an array", path);
    if (value.length === 0) refuse("a field's array must not be empty", path);
    return [{ kind: "field", path, tests: value.map((element: unknown) => valueTest(element, path)) }];
  });
}

function orPart(branches: readonly unknown[], path: readonly string[]): PatternPart {
  if (branches.length < 2) refuse("'$or' must hold at least two objects", path);
  const alternatives = branches.map((branch) =>
    isRecord(branch) ? partsOf(branch, path, true) : refuse("'$or' must hold objects only", path),
  );
  return { kind: "or", path, alternatives };
}

function valueTest(element: unknown, path: readonly string[]): ValueTest {
  if (Array.isArray(element)) refuse("a match value must not be an array", path);
  if (!isRecord(element)) return { operand: element };
  const [operator, operand] = onlyEntry(element, path.join("."));
  return { operator, operand };
}

/** The operator and operand of a match expression. */
export function onlyEntry(expression: object, path: string): [string, unknown] {
  const entries: [string, unknown][] = Object.entries(expression);
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return only;
  throw new EventPatternError("a match expression must hold just one operator", path);
}

function refuse(message: string, path: readonly string[]): never {
  throw new EventPatternError(message, path.join("."));
}
