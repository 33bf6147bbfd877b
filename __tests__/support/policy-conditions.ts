import type { SynthesizedResource } from "./variants";

/** A statement of a synthesized policy. */
export interface FoundStatement {
  /** Stack, type, id and argument of the policy. */
  readonly where: string;
  readonly statement: PolicyBlock;
}

interface PolicyBlock {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of every policy in any argument. */
export function statementsOf(resources: readonly SynthesizedResource[]): FoundStatement[] {
  return resources.flatMap(({ stack, type, id, values }) =>
    Object.entries(values).flatMap(([argument, value]) =>
      (policyIn(value) ?? []).map((statement) => ({ where: `${stack}: ${type}.${id}.${argument}`, statement })),
    ),
  );
}

function policyIn(value: unknown): readonly PolicyBlock[] | undefined {
  if (typeof value !== "string" || !value.startsWith('{"Version":"2012-10-17"')) return undefined;
  return (JSON.parse(value) as { Statement: readonly PolicyBlock[] }).Statement;
}

/**
 * Conditions of denials that do not hold for a request without their key, by statement and key, with the reason why such
 * a request need not be denied by them. Source: IAM User Guide, condition operators: only negated operators,
 * `…IfExists` and `Null` match a missing key; with `ForAnyValue`, none but `Null` does.
 */
const MAY_LACK: Readonly<Record<string, string>> = {
  "aws:SecureTransport": "in every request",
  "s3:TlsVersion": "in every request with TLS, and DenyInsecureTransport denies the others",
  "sns:Protocol": "in every request of Subscribe",
  "kms:BypassPolicyLockoutSafetyCheck": "in every request of CreateKey and PutKeyPolicy",
  "DenyKeysOfOthers kms:ResourceAliases": "DenyTakeover denies keys without an alias that lack the own tag",
  "DenyStateKey kms:ResourceAliases": "the state's key has an alias from its creation on",
  "DenyShorterRetention s3:object-lock-remaining-retention-days": "DenyRetentionWithoutDate; uploads get the default",
  "DenyEndOfLegalHold s3:object-lock-legal-hold": "in every request of PutObjectLegalHold",
};

/** Denials that a request evades by leaving out a key, a line each. */
export function evadedDenials(statements: readonly FoundStatement[]): string[] {
  return statements.flatMap(({ where, statement }) =>
    statement.Effect !== "Deny"
      ? []
      : conditionsOf(statement).flatMap(({ operator, key }) =>
          matchesMissing(operator) || MAY_LACK[key] !== undefined || MAY_LACK[`${statement.Sid} ${key}`] !== undefined
            ? []
            : [`${where}: ${statement.Sid}: ${operator} ${key}`],
        ),
  );
}

/** Permissions that a request gets by leaving out a key, a line each. */
export function looseAllows(statements: readonly FoundStatement[]): string[] {
  return statements.flatMap(({ where, statement }) =>
    statement.Effect !== "Allow"
      ? []
      : conditionsOf(statement).flatMap(({ operator, key }) =>
          matchesMissing(operator) || operator.startsWith("ForAllValues:")
            ? [`${where}: ${statement.Sid}: ${operator} ${key}`]
            : [],
        ),
  );
}

/** Statements for a service without a condition on the source, with the reason why there is none. */
const WITHOUT_SOURCE: Readonly<Record<string, string>> = {
  AllowEventRules: "AWS documents none, and a message that a condition refuses is lost (modules/topic/topic-key.ts)",
  EventBridgeToLogs: "AWS does not document one (docs/decisions/0020-archive-policy.md)",
};

/** Permissions of services that any account could make use of, a line each. */
export function unboundServices(statements: readonly FoundStatement[]): string[] {
  return statements.flatMap(({ where, statement }) =>
    statement.Effect !== "Allow" ||
    !JSON.stringify(statement.Principal ?? "").includes('"Service"') ||
    WITHOUT_SOURCE[statement.Sid ?? ""] !== undefined ||
    conditionsOf(statement).some(({ key }) => /^(aws:Source(Arn|Account|OrgID)|kms:EncryptionContext:.+)$/.test(key))
      ? []
      : [`${where}: ${statement.Sid}`],
  );
}

/** Statements with an empty list, with which AWS rejects the whole policy, a line each. */
export function emptyLists(statements: readonly FoundStatement[]): string[] {
  return statements.flatMap(({ where, statement }) =>
    JSON.stringify(statement).includes("[]") ? [`${where}: ${statement.Sid}`] : [],
  );
}

function conditionsOf({ Condition = {} }: PolicyBlock): { readonly operator: string; readonly key: string }[] {
  return Object.entries(Condition).flatMap(([operator, keys]) => Object.keys(keys).map((key) => ({ operator, key })));
}

function matchesMissing(operator: string): boolean {
  if (operator.startsWith("ForAnyValue:")) return false;
  return operator === "Null" || operator.endsWith("IfExists") || operator.includes("Not");
}
