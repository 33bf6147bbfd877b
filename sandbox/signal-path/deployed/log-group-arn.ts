/** The log group that an ARN names, with or without `:*` at its end; undefined for any other ARN. */
export function logGroupOf(arn: string): string | undefined {
  return /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)/.exec(arn)?.[1];
}
