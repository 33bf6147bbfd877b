import { isRecord } from "./is-record";

/** A service's request to a resource, and what AWS knows of it. */
export interface ServiceRequest {
  /** Service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  /** ARN of the resource; a key policy's `*` means the key. */
  readonly resource: string;
  /** Condition keys in lower case, such as `aws:sourceaccount`. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Whether a resource policy lets a service through: something allows it, and nothing denies it. Known are the operators
 * that such policies use; a condition with any other is taken not to hold for an Allow, and to hold for a Deny.
 */
export function admits(policy: string, request: ServiceRequest): boolean {
  const statements = statementsOf(policy).filter((statement) => applies(statement, request));
  const effects = statements.map((statement) => statement["Effect"]);
  return effects.includes("Allow") && !effects.includes("Deny");
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(policy: string): Statement[] {
  try {
    const document: unknown = JSON.parse(policy);
    return isRecord(document) ? listOf(document["Statement"]).filter(isRecord) : [];
  } catch {
    return [];
  }
}

function applies(statement: Statement, { service, action, resource, context }: ServiceRequest): boolean {
  const conditions = isRecord(statement["Condition"]) ? Object.entries(statement["Condition"]) : [];
  return (
    isFor(statement["Principal"], service) &&
    textsOf(statement["Action"]).some((one) => fits(one.toLowerCase(), action.toLowerCase())) &&
    textsOf(statement["Resource"]).some((one) => fits(one, resource)) &&
    conditions.every(
      ([operator, keys]) =>
        isRecord(keys) &&
        Object.entries(keys).every(
          ([key, values]) =>
            holds(operator, textsOf(values), context[key.toLowerCase()]) ?? statement["Effect"] === "Deny",
        ),
    )
  );
}

function isFor(principal: unknown, service: string): boolean {
  if (principal === "*") return true;
  if (!isRecord(principal)) return false;
  return textsOf(principal["Service"]).includes(service) || textsOf(principal["AWS"]).includes("*");
}

/** One condition; a key that the request lacks meets none but those that say so. Undefined: the operator is not known. */
function holds(operator: string, values: readonly string[], actual: string | undefined): boolean | undefined {
  const name = operator.replace(/IfExists$/, "");
  if (actual === undefined) return operator !== name || name.includes("Not");
  switch (name) {
    case "StringEquals":
    case "Bool":
      return values.includes(actual);
    case "StringNotEquals":
      return !values.includes(actual);
    case "ArnLike":
    case "ArnEquals":
    case "StringLike":
      return values.some((value) => fits(value, actual));
    case "ArnNotLike":
    case "ArnNotEquals":
    case "StringNotLike":
      return !values.some((value) => fits(value, actual));
    default:
      return undefined;
  }
}

/** `*` stands for any run of characters, `?` for one. */
function fits(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
}

function textsOf(value: unknown): string[] {
  return listOf(value).map(String);
}
