import type { Policy, Statement } from "./synth";

/** Who asks for what, and what AWS knows of the request. */
export interface PolicyRequest {
  /** Service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, such as `aws:SourceAccount`. */
  readonly context: Readonly<Record<string, string>>;
}

/** Whether a resource policy lets a service through: something allows it, and nothing denies it. */
export function admits(policy: Policy, request: PolicyRequest): boolean {
  const effects = policy.Statement.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function applies(statement: Statement, { service, action, resource, context }: PolicyRequest): boolean {
  if (statement.NotResource !== undefined)
    throw new Error(`'${statement.Sid}' has a NotResource, which is not known here`);
  return (
    isService(statement.Principal, service) &&
    // Actions are compared without regard to case.
    list(statement.Action).some((one) => fits(one.toLowerCase(), action.toLowerCase())) &&
    list(statement.Resource ?? []).some((one) => fits(one, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, list(values).map(String), context[key])),
    )
  );
}

function isService(principal: unknown, service: string): boolean {
  if (principal === "*") return true;
  const { Service = [] } = principal as { readonly Service?: string | readonly string[] };
  return list(Service).includes(service);
}

/** One condition; a key that the request lacks meets none but those that say so. */
function holds(operator: string, values: readonly string[], actual: string | undefined): boolean {
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
