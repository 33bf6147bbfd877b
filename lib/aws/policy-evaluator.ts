import { globMatcher } from "../support/wildcard";
import { withoutVariables } from "./policy-variables";

/** The principal, action, resource and context of a request. */
export interface PolicyRequest {
  /**
   * Service principal such as `cloudwatch.amazonaws.com`, or the ARN of a role or identity provider.
   *
   * @default - the identity that the policy is attached to: identity-based policies name no principal
   */
  readonly principal?: string;
  readonly action: string;
  /**
   * ARN of the resource.
   *
   * @default - the one that has the policy
   */
  readonly resource?: string;
  /** Condition keys of the request, such as `aws:SourceAccount`; their case does not matter. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The result for a request; undecided where a policy has a condition that is not supported here. */
export interface Verdict {
  readonly answer: "allowed" | "denied" | "undecided";
  readonly because: string;
}

type Truth = "yes" | "no" | "perhaps";
type Block = Readonly<Record<string, unknown>>;

/**
 * Evaluates a request against policy documents: some statement must allow it, and no statement may deny it. Text that
 * is not a policy allows nothing. Source: IAM User Guide, policy evaluation logic and condition operators.
 */
export function evaluate(policies: readonly string[], request: PolicyRequest): Verdict {
  const statements = policies.flatMap(statementsOf).map(({ statement, version }) => ({
    effect: statement["Effect"],
    name: typeof statement["Sid"] === "string" ? `statement '${statement["Sid"]}'` : "a statement without a Sid",
    applies: applies(statement, version, request),
  }));
  const find = (effect: string, applies: Truth) =>
    statements.find((statement) => statement.effect === effect && statement.applies === applies);

  const denied = find("Deny", "yes");
  if (denied !== undefined) return { answer: "denied", because: `${denied.name} denies it` };
  const perhapsDenied = find("Deny", "perhaps");
  if (perhapsDenied !== undefined) {
    return {
      answer: "undecided",
      because: `${perhapsDenied.name} may deny it, by a condition or variable that is not known here`,
    };
  }
  const allowed = find("Allow", "yes");
  if (allowed !== undefined) return { answer: "allowed", because: `${allowed.name} allows it` };
  const perhaps = find("Allow", "perhaps");
  return perhaps === undefined
    ? { answer: "denied", because: "no statement allows it" }
    : {
        answer: "undecided",
        because: `${perhaps.name} may allow it, by a condition or variable that is not known here`,
      };
}

function statementsOf(policy: string): readonly { readonly statement: Block; readonly version: unknown }[] {
  try {
    const document: unknown = JSON.parse(policy);
    if (!isBlock(document)) return [];
    const version = document["Version"];
    return list(document["Statement"])
      .filter(isBlock)
      .map((statement) => ({ statement, version }));
  } catch {
    return [];
  }
}

function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function applies(
  written: Block,
  version: unknown,
  { principal, action, resource = "", context }: PolicyRequest,
): Truth {
  const inScope =
    isFor(written, principal) && among(written, "Action", (one) => isLike(one.toLowerCase(), action.toLowerCase()));
  if (!inScope) return "no";
  const statement = withoutVariables(written, version, (key) => valuesOf(context, key));
  if (statement === undefined) return "perhaps";
  if (!among(statement, "Resource", (one) => isLike(one, resource))) return "no";
  const conditions = Object.entries((statement["Condition"] ?? {}) as Readonly<Record<string, Block>>).flatMap(
    ([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => holds(operator, list(values).map(String), valuesOf(context, key))),
  );
  if (conditions.includes("no")) return "no";
  return conditions.includes("perhaps") ? "perhaps" : "yes";
}

/** Whether an element, or its opposite such as `NotAction`, covers a value. */
function among(statement: Block, element: string, covers: (one: string) => boolean): boolean {
  const not = statement[`Not${element}`];
  if (not !== undefined) return !list(not).map(String).some(covers);
  const own = statement[element];
  // The policy of a log group, a key or a role may omit its resource: it applies to that one.
  return own === undefined ? element === "Resource" : list(own).map(String).some(covers);
}

function isFor({ Principal, NotPrincipal }: Block, asking: string | undefined): boolean {
  if (NotPrincipal !== undefined) return !names(NotPrincipal, asking);
  return Principal === undefined ? asking === undefined : names(Principal, asking);
}

/** Whether a `Principal` element matches a principal, by name or with `*`. */
function names(principal: unknown, asking: string | undefined): boolean {
  if (!isBlock(principal)) return principal === "*";
  return list(principal["AWS"]).includes("*") || Object.values(principal).some((named) => list(named).includes(asking));
}

/** Condition keys are compared without regard to case. */
function valuesOf(context: PolicyRequest["context"], key: string): readonly string[] {
  const [, value] = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase()) ?? [];
  return list(value).map(String);
}

function holds(operator: string, values: readonly string[], actual: readonly string[]): Truth {
  if (operator === "Null") return yesOrNo(values.includes(String(actual.length === 0)));
  const ofAny = operator.startsWith("ForAnyValue:");
  const name = operator.replace(/^ForAnyValue:|IfExists$/g, "");
  const negated = name.includes("Not");
  const matches = MATCHES[name.replace("Not", "")];
  // An operator for single values does not define a result for several.
  if (matches === undefined || (actual.length > 1 && !ofAny)) return "perhaps";
  // A key that the request lacks satisfies negated operators, and operators ending in `IfExists`.
  if (actual.length === 0) return yesOrNo((negated && !ofAny) || operator.endsWith("IfExists"));
  return yesOrNo(actual.some((one) => values.some((value) => matches(value, one)) !== negated));
}

const MATCHES: Readonly<Record<string, ((value: string, actual: string) => boolean) | undefined>> = {
  StringEquals: (value, actual) => value === actual,
  StringEqualsIgnoreCase: (value, actual) => value.toLowerCase() === actual.toLowerCase(),
  StringLike: isLike,
  Bool: (value, actual) => value.toLowerCase() === actual,
  // Both take wildcards.
  ArnLike: fitsArn,
  ArnEquals: fitsArn,
  NumericEquals: numeric((value, actual) => actual === value),
  NumericLessThan: numeric((value, actual) => actual < value),
  NumericLessThanEquals: numeric((value, actual) => actual <= value),
  NumericGreaterThan: numeric((value, actual) => actual > value),
  NumericGreaterThanEquals: numeric((value, actual) => actual >= value),
};

/** What is no number compares with nothing. */
function numeric(compare: (value: number, actual: number) => boolean): (value: string, actual: string) => boolean {
  return (value, actual) => value.trim() !== "" && actual.trim() !== "" && compare(Number(value), Number(actual));
}

function yesOrNo(holds: boolean): Truth {
  return holds ? "yes" : "no";
}

/** Each of the six parts of an ARN is compared by itself. */
function fitsArn(wildcard: string, arn: string): boolean {
  const [left, right] = [partsOf(wildcard), partsOf(arn)];
  return left.length === right.length && left.every((part, index) => isLike(part, right[index] ?? ""));
}

function partsOf(arn: string): string[] {
  const all = arn.split(":");
  return [...all.slice(0, 5), all.slice(5).join(":")];
}

function isLike(wildcard: string, text: string): boolean {
  return globMatcher(wildcard)(text);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
