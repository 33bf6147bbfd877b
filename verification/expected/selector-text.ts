/** The test on one field: each operator with its values, as CloudTrail's API names them. */
export interface SelectorField {
  readonly field: string;
  readonly operators: Readonly<Record<string, readonly string[] | undefined>>;
}

/** An event selector as canonical text: equal for selectors that select the same, regardless of their names. */
export function selectorText(fields: readonly SelectorField[]): string {
  return fields
    .flatMap(({ field, operators }) =>
      Object.entries(operators).flatMap(([operator, values]) =>
        values === undefined || values.length === 0 ? [] : [`${field} ${operator} ${[...values].sort().join(", ")}`],
      ),
    )
    .sort()
    .join("; ");
}
