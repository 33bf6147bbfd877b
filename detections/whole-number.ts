import { numberRegexes } from "../lib/patterns/filter-pattern/number-regex";
import { matchesRegex, type ComparisonOperator, type Condition, type Field } from "./condition";
import { ConditionError } from "./normal-form";

/**
 * The field is a whole number from 0 in decimal digits, as text or as a number, that compares so: for numbers that a
 * service writes as text, which `compare` never matches. Text with a sign, leading zeros, a point or blanks is no such
 * number. It takes a regular expression.
 *
 * @param value a whole number from 0
 */
export function compareDigits(field: Field, operator: ComparisonOperator, value: number): Condition {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ConditionError(`'compareDigits' must compare with a whole number from 0, got '${value}'`);
  }
  const low = operator === ">" ? value + 1 : operator === ">=" ? value : 0;
  const high = operator === "<" ? value - 1 : operator === "<=" ? value : Infinity;
  if (high < low) throw new ConditionError(`'compareDigits' must leave a number, got '< ${value}'`);
  return matchesRegex(
    field,
    numberRegexes(low, high)
      .map((regex) => `^${regex}$`)
      .join("|"),
  );
}
