/** Condition keys whose values are known for the requests of a deployment, in lower case. */
const KNOWN = new Set(
  [
    ...["aws:SecureTransport", "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "s3:TlsVersion"],
    ...["aws:PrincipalIsAWSService", "aws:ResourceAccount", "s3:if-none-match", "s3:x-amz-server-side-encryption"],
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ].map((key) => key.toLowerCase()),
);

/**
 * Splits a policy: denials whose conditions are about where or how a request comes, such as `aws:SourceVpce`, which only
 * the request itself shows, and all else.
 */
export function conditionalDenials(policy: string): { readonly certain: string; readonly conditional: string } {
  const { Statement = [] } = JSON.parse(policy) as { readonly Statement?: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as readonly Denial[];
  const isConditional = ({ Effect, Condition = {} }: Denial) =>
    Effect === "Deny" &&
    Object.values(Condition)
      .flatMap((keys) => Object.keys(keys))
      .some((key) => !KNOWN.has(key.toLowerCase()));
  const text = (some: readonly Denial[]) => JSON.stringify({ Statement: some });
  return {
    certain: text(statements.filter((one) => !isConditional(one))),
    conditional: text(statements.filter(isConditional)),
  };
}

interface Denial {
  readonly Effect?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
