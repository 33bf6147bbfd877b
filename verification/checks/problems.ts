/** So many are listed; the rest is counted. */
const NAMED = 5;

/** Several problems of one kind in one line. */
export function listed(problems: readonly string[]): string {
  const rest = problems.length - NAMED;
  return [...problems.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}
