/**
 * Metric math: the lowest of several metrics in each period. A metric without a value in a period counts as `rest`,
 * because metric math may otherwise count it as 0. Source: CloudWatch User Guide, "Using metric math", FILL and MIN.
 */
export function lowestValueExpression(rest: number): string {
  return `MIN(FILL(METRICS(), ${rest}))`;
}

const LOWEST = /^MIN\(FILL\(METRICS\(\), (-?\d+(?:\.\d+)?)\)\)$/;

/** What a metric without a value counts as in an expression for the lowest value; undefined for another expression. */
export function restOfLowestValue(expression: string): number | undefined {
  const rest = LOWEST.exec(expression)?.[1];
  return rest === undefined ? undefined : Number(rest);
}
