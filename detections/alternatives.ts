import type { Field } from "./condition";
import type { NormalForm } from "./normal-form";

/** A field that is one of several plain texts: a list in other languages. */
export interface TextList {
  readonly kind: "texts";
  readonly field: Field;
  readonly texts: readonly string[];
}

/**
 * Alternatives; those that compare one field with plain texts become one list, at the position of the first of them.
 */
export function alternativesOf(parts: readonly NormalForm[]): (NormalForm | TextList)[] {
  const found = new Map<string | NormalForm, NormalForm | TextList>();
  for (const part of parts) {
    const plain = plainText(part);
    if (plain === undefined) {
      found.set(part, part);
      continue;
    }
    const known = found.get(plain.field);
    const texts = known?.kind === "texts" ? known.texts : [];
    found.set(plain.field, { kind: "texts", field: plain.field, texts: [...texts, plain.text] });
  }
  return [...found.values()];
}

/** The field and the text of a plain comparison; undefined for anything else. */
export function plainText(form: NormalForm): { readonly field: Field; readonly text: string } | undefined {
  if (form.kind !== "clause" || form.test.kind !== "text") return undefined;
  const { field, test } = form;
  return test.wildcard.includes("*") || field.includes("[*]") ? undefined : { field, text: test.wildcard };
}
