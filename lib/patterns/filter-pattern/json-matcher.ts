import { byText } from "../../support/by-text";
import { isArray, numberOf, textOf, type JsonObject, type JsonValue } from "../json/json-value";
import type { JsonClause, JsonExpression, JsonTest } from "./json-syntax";
import { orders, type Comparison, type Operand } from "./operand";
import { anySelected, printSelector, type Selector } from "./selector";

const MOST_CHARACTERS_KEPT = 256;

type Holds = (root: JsonObject) => boolean;

/** Compiles an expression to a test of an event's root. */
export function compileJson(expression: JsonExpression): Holds {
  switch (expression.kind) {
    case "and":
      return compileAll(expression.parts);
    case "or":
      return compileAny(expression.parts);
    case "clause":
      return compileClause(expression);
  }
}

/** Clauses are evaluated before groups: they cost less, and one that does not hold ends the evaluation. */
function compileAll(parts: readonly JsonExpression[]): Holds {
  const [clauses, groups] = [parts.filter(isClause), parts.filter((part) => !isClause(part))];
  const tests = [...clauses, ...groups].map(compileJson);
  return (root) => {
    for (const holds of tests) if (!holds(root)) return false;
    return true;
  };
}

/** Several texts for one field, such as event names, become one look-up. */
function compileAny(parts: readonly JsonExpression[]): Holds {
  const bySelector = new Map<string, { readonly selector: Selector; readonly texts: Set<string> }>();
  const others: JsonExpression[] = [];
  for (const part of parts) {
    const text = isClause(part) ? wholeText(part.test) : undefined;
    if (!isClause(part) || text === undefined) {
      others.push(part);
      continue;
    }
    const path = printSelector(part.selector);
    const known = bySelector.get(path) ?? { selector: part.selector, texts: new Set<string>() };
    known.texts.add(text);
    bySelector.set(path, known);
  }
  const lookUps = [...bySelector.values()].map(({ selector, texts }): Holds => {
    const isOne = (value: JsonValue): boolean => {
      const text = textOf(value);
      return text !== undefined && texts.has(text);
    };
    return (root) => anySelected(root, selector, isOne);
  });
  const tests = [...lookUps, ...others.map(compileJson)];
  return (root) => {
    for (const holds of tests) if (holds(root)) return true;
    return false;
  };
}

function isClause(part: JsonExpression): part is JsonClause {
  return part.kind === "clause";
}

/** The text that a value must equal; undefined if the test is anything else. */
function wholeText(test: JsonTest): string | undefined {
  if (test.kind !== "compare" || test.comparison.operator !== "=") return undefined;
  const { operand } = test.comparison;
  return operand.kind === "text" && !operand.text.includes("*") ? operand.text : undefined;
}

/** Each clause is evaluated independently: with a wildcard, any selected value may satisfy it, also for `!=`. */
function compileClause({ selector, test }: JsonClause): Holds {
  if (test.kind === "notExists") return (root) => !anySelected(root, selector, () => true);
  const passes = compileTest(test);
  return (root) => anySelected(root, selector, passes);
}

function compileTest(test: Exclude<JsonTest, { kind: "notExists" }>): (value: JsonValue) => boolean {
  if (test.kind === "compare") return compileComparison(test.comparison);
  const wanted = test.value;
  // Not documented: an array with a null element is NULL too.
  if (wanted === null) return (value) => value === null || (isArray(value) && value.includes(null));
  return (value) => value === wanted;
}

/**
 * Only strings and numbers are comparable, so `!=` is false on a missing field, null, a boolean, an array or an object.
 */
function compileComparison(comparison: Comparison): (value: JsonValue) => boolean {
  const { operator, operand } = comparison;
  switch (operator) {
    case "=":
      return equality(operand);
    case "!=": {
      const equals = equality(operand);
      return (value) => textOf(value) !== undefined && !equals(value);
    }
    case ">":
    case ">=":
    case "<":
    case "<=":
      return (value) => {
        const number = numberOf(value);
        return number !== undefined && orders(operator, number, operand.value);
      };
  }
}

/** A number without quotes compares by value with numbers, and as written with text. */
function equality(operand: Operand): (value: JsonValue) => boolean {
  if (operand.kind === "number") {
    return (value) => (typeof value === "string" ? value === operand.text : numberOf(value) === operand.value);
  }
  const fits = operand.kind === "regex" ? memoized(operand.fits) : operand.fits;
  return (value) => {
    const text = textOf(value);
    return text !== undefined && fits(text);
  };
}

/** Most short values, such as ARNs, are those of many events. */
function memoized(fits: (text: string) => boolean): (text: string) => boolean {
  const known = byText(fits);
  return (text) => (text.length > MOST_CHARACTERS_KEPT ? fits(text) : known(text));
}
