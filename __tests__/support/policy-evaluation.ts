import type { Policy, Statement } from "./synth";

/** Who asks for what, and what AWS knows of the request. */
export interface PolicyRequest {
  /** Service principal, such as `cloudwatch.amazonaws.com`; none when the policy is one of an identity. */
  readonly service?: string;
  /** ARN of the role or of the provider of identities that asks, for trust policies. */
  readonly principal?: string;
  readonly action: string;
  readonly resource?: string;
  /** Condition keys of the request, such as `aws:SourceAccount`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether a policy lets a request through: something allows it, and nothing denies it. */
export function admits(policy: Policy, request: PolicyRequest): boolean {
  const effects = policy.Statement.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function applies(statement: Statement, request: PolicyRequest): boolean {
  const { action, resource, context } = request;
  if (statement.NotResource !== undefined)
    throw new Error(`'${statement.Sid}' has a NotResource, which is not known here`);
  return (
    isPrincipal(statement.Principal, request) &&
    // Actions are compared without regard to case.
    list(statement.Action).some((one) => fits(one.toLowerCase(), action.toLowerCase())) &&
    // A trust policy is about its own role.
    (statement.Resource === undefined || list(statement.Resource).some((one) => fits(one, resource ?? ""))) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, list(values).map(String), context[key])),
    )
  );
}

function isPrincipal(principal: unknown, request: PolicyRequest): boolean {
  const asked = request.service ?? request.principal;
  // The policy of an identity is about nobody else.
  if (principal === undefined) return asked === undefined;
  if (principal === "*") return true;
  if (asked === undefined) return false;
  return Object.values(principal as Readonly<Record<string, string | readonly string[]>>).some((named) =>
    list(named).includes(asked),
  );
}

/** One condition; a key that the request lacks meets none but those that say so. */
function holds(operator: string, values: readonly string[], given: string | readonly string[] | undefined): boolean {
  if (operator.startsWith("ForAnyValue:")) {
    return list(given ?? []).some((one) => holds(operator.replace("ForAnyValue:", ""), values, one));
  }
  if (operator === "Null") return values.includes(String(given === undefined));
  const [actual, ...further] = list<string | undefined>(given);
  if (further.length > 0) throw new Error(`condition operator '${operator}' takes one value`);
  const name = operator.replace(/IfExists$/, "");
  if (actual === undefined) return operator !== name;
  switch (name) {
    case "StringEquals":
    case "Bool":
      return values.includes(actual);
    case "StringNotEquals":
      return !values.includes(actual);
    // Both take wildcards. Source: IAM User Guide, condition operators.
    case "ArnLike":
    case "ArnEquals":
      return values.some((value) => fitsArn(value, actual));
    case "StringLike":
      return values.some((value) => fits(value, actual));
    default:
      throw new Error(`condition operator '${operator}' is not known here`);
  }
}

/** Each of the six parts of an ARN is compared by itself. */
function fitsArn(wildcard: string, arn: string): boolean {
  const [left, right] = [parts(wildcard), parts(arn)];
  return left.length === right.length && left.every((part, index) => fits(part, right[index] ?? ""));
}

function parts(arn: string): string[] {
  const all = arn.split(":");
  return [...all.slice(0, 5), all.slice(5).join(":")];
}

function fits(wildcard: string, text: string): boolean {
  const escaped = wildcard.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
