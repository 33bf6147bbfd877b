import { isArray, numberOf, textOf, type JsonObject, type JsonValue } from "../json/json-value";
import type { JsonClause, JsonExpression, JsonTest } from "./json-syntax";
import { orders, type Comparison, type Operand } from "./operand";
import { anySelected } from "./selector";

/** Compiles an expression to a test of an event's root. */
export function compileJson(expression: JsonExpression): (root: JsonObject) => boolean {
  switch (expression.kind) {
    case "and": {
      const parts = expression.parts.map(compileJson);
      return (root) => parts.every((part) => part(root));
    }
    case "or": {
      const parts = expression.parts.map(compileJson);
      return (root) => parts.some((part) => part(root));
    }
    case "clause":
      return compileClause(expression);
  }
}

/** Each clause walks on its own: with a wildcard, any selected value may satisfy it, also for `!=`. */
function compileClause({ selector, test }: JsonClause): (root: JsonObject) => boolean {
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

/** Only strings and numbers compare, so that `!=` is false on a missing field, null, a boolean, an array, an object. */
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

/** A number without quotes compares by value with numbers, and as it is typed with text. */
function equality(operand: Operand): (value: JsonValue) => boolean {
  if (operand.kind === "number") {
    return (value) => (typeof value === "string" ? value === operand.text : numberOf(value) === operand.value);
  }
  return (value) => {
    const text = textOf(value);
    return text !== undefined && operand.fits(text);
  };
}
