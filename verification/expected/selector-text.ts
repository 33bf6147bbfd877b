/** What one field must be like: each operator with its values, as CloudTrail's API names them. */
export interface SelectorField {
  readonly field: string;
  readonly operators: Readonly<Record<string, readonly string[] | undefined>>;
}

/** A selector of events as text that is the same for selectors that select the same; its name plays no part. */
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
