import type { Field } from "./condition";
import type { Clause, NormalForm } from "./normal-form";

/**
 * The same form in fewer characters: negations of one field, each of which allows for its absence, share that clause.
 * `(x NOT EXISTS || x != "a") && (x NOT EXISTS || x != "b")` becomes `x NOT EXISTS || (x != "a" && x != "b")`.
 */
export function sharingAbsence(form: NormalForm): NormalForm {
  if (form.kind === "clause") return form;
  const parts = form.parts.map(sharingAbsence);
  if (form.kind === "or") return { kind: "or", parts };

  const tests = new Map<Field, Clause[]>();
  for (const negation of parts.flatMap((part) => negationOf(part) ?? [])) {
    tests.set(negation.field, [...(tests.get(negation.field) ?? []), negation]);
  }
  const others = parts.filter((part) => negationOf(part) === undefined);
  return allOf([...others, ...[...tests].map(([field, clauses]) => absentOr(field, clauses))]);
}

/** The test of a part that holds where the field is absent, too; undefined for any other part. */
function negationOf(part: NormalForm): Clause | undefined {
  if (part.kind !== "or" || part.parts.length !== 2) return undefined;
  const [absent, test] = part.parts;
  const isNegation = absent?.kind === "clause" && absent.test.kind === "absent" && test?.kind === "clause";
  return isNegation && absent.field === test.field ? test : undefined;
}

function absentOr(field: Field, tests: readonly Clause[]): NormalForm {
  return { kind: "or", parts: [{ kind: "clause", field, test: { kind: "absent" } }, allOf(tests)] };
}

function allOf(parts: readonly NormalForm[]): NormalForm {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: "and", parts };
}
