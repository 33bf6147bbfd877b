import { compileFilterPattern } from "../lib/patterns/filter-pattern/filter-pattern";
import { FilterPatternError } from "../lib/patterns/filter-pattern/filter-pattern-error";
import type { JsonClause, JsonExpression } from "../lib/patterns/filter-pattern/json-syntax";
import { printSelector } from "../lib/patterns/filter-pattern/selector";
import type { Field } from "./condition";
import { ConditionError, type NormalForm, type Test } from "./normal-form";

/**
 * The normal form of a filter pattern, so that it can be printed in another language: JSON patterns, which is what
 * checkers prescribe and what conditions are compiled to. CloudWatch itself gets the pattern's own bytes.
 *
 * @throws ConditionError for any other pattern
 */
export function formOfPattern(pattern: string): NormalForm {
  try {
    const { syntax } = compileFilterPattern(pattern);
    if (syntax.kind === "json") return formOf(syntax.expression, pattern);
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
  }
  throw unreadable(pattern);
}

function formOf(expression: JsonExpression, pattern: string): NormalForm {
  if (expression.kind !== "clause") {
    return { kind: expression.kind, parts: expression.parts.map((part) => formOf(part, pattern)) };
  }
  const field = printSelector(expression.selector).slice("$.".length);
  const test = testOf(expression);
  // A name in quotes is no path of a condition.
  if (test === undefined || field.includes("'")) throw unreadable(pattern);
  return { kind: "clause", field: field as Field, test };
}

/** Undefined for what a condition cannot say. */
function testOf({ test }: JsonClause): Test | undefined {
  if (test.kind === "notExists") return { kind: "absent" };
  if (test.kind === "is") return test.value === null ? undefined : { kind: "boolean", value: test.value };
  const { operator, operand } = test.comparison;
  if (operand.kind === "regex") return { kind: operator === "=" ? "regex" : "notRegex", regex: operand.source };
  if (operator === "=") return { kind: "text", wildcard: operand.text };
  if (operator === "!=") return { kind: "notText", wildcard: operand.text };
  return operand.kind === "number" ? { kind: "compare", operator, value: operand.value } : undefined;
}

function unreadable(pattern: string): ConditionError {
  return new ConditionError(`a verbatim pattern must be a JSON pattern of fields of a record, got '${pattern}'`);
}
