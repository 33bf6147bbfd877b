/** A statement of a resource policy or a service control policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy as the AWS API takes it. */
export function policyDocument(...statements: readonly (Statement | Omit<Statement, "Resource">)[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Trust policy of a role that a service or an account may assume. */
export function trust(Principal: { readonly Service: string } | { readonly AWS: string }): string {
  return policyDocument({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
}
