import type { FieldCondition, Slot } from "./delimited-syntax";
import { NUMBER, orders, type Comparison, type Operand } from "./operand";
import { splitWords } from "./words";

/** The words of a message by name, `$name`, or by position from 1, `$3`; undefined when it does not match. */
export type Extractor = (message: string) => Record<string, string> | undefined;

/**
 * Compiles a space-delimited pattern. Without `...` the last field takes the rest of the line. With `...`, the fields
 * after it are counted from the end.
 */
export function compileDelimited(slots: readonly Slot[]): Extractor {
  const ellipsis = slots.length === 0 ? 0 : slots.findIndex((slot) => slot.kind === "ellipsis");
  const leading = fieldsOf(ellipsis < 0 ? slots : slots.slice(0, ellipsis));
  const trailing = fieldsOf(ellipsis < 0 ? [] : slots.slice(ellipsis + 1));
  const least = Math.max(leading.length + trailing.length, slots.length === 0 ? 1 : 0);

  return (message) => {
    const words = valuesOf(message, ellipsis < 0 ? leading.length : undefined);
    if (words.length < least) return undefined;
    const names = new Map<number, string>();
    const firstTrailing = words.length - trailing.length;
    for (const [fields, from] of [
      [leading, 0],
      [trailing, firstTrailing],
    ] as const) {
      for (const [index, field] of fields.entries()) {
        if (field.holds?.(words[from + index] ?? "") === false) return undefined;
        if (field.name !== undefined) names.set(from + index, field.name);
      }
    }
    return Object.fromEntries(words.map((word, index) => [`$${names.get(index) ?? index + 1}`, word]));
  };
}

/** The words of a message. If there are more words than fields, the last field takes the rest of the line. */
function valuesOf(message: string, fields: number | undefined): string[] {
  const words = splitWords(message);
  const last = fields === undefined ? undefined : words[fields - 1];
  if (fields === undefined || last === undefined || words.length === fields) return words.map((word) => word.text);
  return [...words.slice(0, fields - 1).map((word) => word.text), message.slice(last.start).trimEnd()];
}

interface Field {
  readonly name: string | undefined;
  readonly holds: ((word: string) => boolean) | undefined;
}

function fieldsOf(slots: readonly Slot[]): Field[] {
  return slots
    .filter((slot) => slot.kind === "field")
    .map(({ name, condition }) => ({
      name,
      holds: condition === undefined ? undefined : compileCondition(condition),
    }));
}

function compileCondition(condition: FieldCondition): (word: string) => boolean {
  if (condition.kind === "compare") return compileComparison(condition.comparison);
  const parts = condition.parts.map(compileCondition);
  return condition.kind === "and"
    ? (word) => parts.every((part) => part(word))
    : (word) => parts.some((part) => part(word));
}

function compileComparison(comparison: Comparison): (word: string) => boolean {
  const { operator, operand } = comparison;
  switch (operator) {
    case "=":
      return equality(operand);
    case "!=": {
      const equals = equality(operand);
      return (word) => !equals(word);
    }
    case ">":
    case ">=":
    case "<":
    case "<=":
      return (word) => NUMBER.test(word) && orders(operator, Number(word), operand.value);
  }
}

/** A word that is a number compares by value with a number without quotes; all else is text. */
function equality(operand: Operand): (word: string) => boolean {
  if (operand.kind !== "number") return operand.fits;
  return (word) => (NUMBER.test(word) ? Number(word) === operand.value : word === operand.text);
}
