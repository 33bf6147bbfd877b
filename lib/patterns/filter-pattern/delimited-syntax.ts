import { printOperand, type Comparison } from "./operand";

/** The conditions on one field; all of them apply to that same field. */
export type FieldCondition =
  | { readonly kind: "compare"; readonly comparison: Comparison }
  | { readonly kind: "and" | "or"; readonly parts: readonly FieldCondition[] };

/** One place between two commas. A field without a name counts by its position. */
export type Slot =
  | { readonly kind: "ellipsis" }
  | { readonly kind: "field"; readonly name: string | undefined; readonly condition: FieldCondition | undefined };

/** The pattern as text; `gap` is inserted where blanks are allowed. */
export function printDelimited(slots: readonly Slot[], gap: string): string {
  return `[${slots.map((slot) => printSlot(slot, gap)).join(`,${gap}`)}]`;
}

function printSlot(slot: Slot, gap: string): string {
  if (slot.kind === "ellipsis") return "...";
  const name = slot.name ?? "";
  return slot.condition === undefined ? name : printCondition(slot.condition, name, gap);
}

function printCondition(condition: FieldCondition, name: string, gap: string): string {
  if (condition.kind === "compare") {
    const { operator, operand } = condition.comparison;
    return `${name}${gap}${operator}${gap}${printOperand(operand)}`;
  }
  const inner = condition.parts.map((part) => {
    const text = printCondition(part, name, gap);
    return condition.kind === "and" && part.kind === "or" ? `(${text})` : text;
  });
  return inner.join(`${gap}${condition.kind === "and" ? "&&" : "||"}${gap}`);
}
