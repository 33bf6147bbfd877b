import { isRecord } from "../../support/is-record";
import { compileCidr } from "./cidr";
import { EventPatternError } from "./event-pattern-error";
import { compileNumeric } from "./numeric";
import { onlyEntry, type ValueTest } from "./read-pattern";
import { ignoringCase, STRING_MATCHERS, type LeafMatcher } from "./string-matchers";

/** What a pattern requires of one field: a value passes, or the field is absent. */
export type FieldMatcher = { readonly kind: "value"; readonly passes: LeafMatcher } | { readonly kind: "absent" };

/** Compiles one element of a field's array: an exact value, or an operator. */
export function compileTest({ operator, operand }: ValueTest, path: string): FieldMatcher {
  if (operator === undefined) return value((found) => found === operand);
  if (operator !== "exists") return value(compileOperator(operator, operand, path));
  if (typeof operand !== "boolean") throw new EventPatternError("'exists' must be true or false", path);
  return operand ? value(() => true) : { kind: "absent" };
}

function value(passes: LeafMatcher): FieldMatcher {
  return { kind: "value", passes };
}

function compileOperator(operator: string, operand: unknown, path: string): LeafMatcher {
  switch (operator) {
    case "anything-but":
      return compileAnythingBut(operand, path);
    case "numeric":
      return compileNumeric(operand, path);
    case "cidr":
      return compileCidr(operand, path);
    case "exactly": {
      const text = stringOf(operand, operator, path);
      return (found) => found === text;
    }
    case "prefix":
    case "suffix":
      if (isRecord(operand)) {
        const [inner, text] = onlyEntry(operand, path);
        if (inner !== "equals-ignore-case") unknownOperator(inner, path);
        return onStrings(ignoringCase(operator, stringOf(text, inner, path)));
      }
  }
  return onStrings(compileStringOperator(operator, operand, path));
}

function compileStringOperator(operator: string, operand: unknown, path: string): (found: string) => boolean {
  const build = Object.hasOwn(STRING_MATCHERS, operator) ? STRING_MATCHERS[operator] : undefined;
  if (build === undefined) return unknownOperator(operator, path);
  return build(stringOf(operand, operator, path), path);
}

/** Any value that is not excluded passes, of any type. */
function compileAnythingBut(operand: unknown, path: string): LeafMatcher {
  if (isRecord(operand)) {
    const [operator, texts] = onlyEntry(operand, path);
    const matchers = listOf(texts, path).map((text) => {
      if (text === "" && (operator === "prefix" || operator === "suffix")) {
        throw new EventPatternError(`'anything-but' with an empty '${operator}' would match nothing`, path);
      }
      return compileStringOperator(operator, text, path);
    });
    return (found) => typeof found !== "string" || !matchers.some((matches) => matches(found));
  }
  const excluded = listOf(operand, path);
  const types = new Set(excluded.map((element) => typeof element));
  if (types.size !== 1 || !(types.has("string") || types.has("number"))) {
    throw new EventPatternError("'anything-but' must be strings only or numbers only", path);
  }
  return (found) => !excluded.includes(found);
}

function listOf(operand: unknown, path: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new EventPatternError("'anything-but' must not be empty", path);
  return list;
}

function onStrings(matches: (found: string) => boolean): LeafMatcher {
  return (found) => typeof found === "string" && matches(found);
}

function stringOf(operand: unknown, operator: string, path: string): string {
  if (typeof operand === "string") return operand;
  throw new EventPatternError(`'${operator}' must be a string`, path);
}

function unknownOperator(operator: string, path: string): never {
  throw new EventPatternError(`unrecognized match type '${operator}'`, path);
}
