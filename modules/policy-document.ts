import { roleArn } from "../lib/aws/partitions";
/** One statement of an IAM, resource or key policy, in IAM's own spelling. */
export type PolicyStatement = StatementOf<"Action"> | StatementOf<"NotAction">;

/** A statement on `Action`, or on everything except `NotAction`. */
type StatementOf<Element extends "Action" | "NotAction"> = CommonElements & {
  readonly [Key in Element]: string | string[];
} & { readonly [Key in Exclude<"Action" | "NotAction", Element>]?: never };

interface CommonElements {
  /** Unique within the policy. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Omitted in identity-based policies. */
  readonly Principal?:
    "*" | { readonly Service?: string | string[]; readonly AWS?: string | string[]; readonly Federated?: string };
  /** Omitted in trust policies. */
  readonly Resource?: string | string[];
  /** Instead of `Resource`: everything except these. */
  readonly NotResource?: string | string[];
  /** Operator, then condition key, then the value to compare with; all of them must hold. */
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/**
 * AWS's size limits in bytes for the policies that this project writes.
 * Sources: S3 and KMS quotas pages, SNS and CloudWatch Logs quotas, IAM quotas (inline role policies, managed policies,
 * trust policies), SQS quotas (policies), EventBridge API (PutPermission).
 */
export const POLICY_LIMITS = {
  bucket: 20_480,
  key: 32_768,
  topic: 30_720,
  logs: 5_120,
  secret: 20_480,
  queue: 8_192,
  bus: 10_240,
  role: 10_240,
  managed: 6_144,
  trust: 2_048,
} as const;

/** What a policy is attached to, which determines its maximum length. */
export type PolicyKind = keyof typeof POLICY_LIMITS;

/** A policy that exceeds AWS's size limit. */
export class PolicyLimitError extends Error {
  constructor(
    public readonly kind: PolicyKind,
    bytes: number,
  ) {
    super(
      `'${kind} policy' must be at most ${POLICY_LIMITS[kind]} bytes, got '${bytes}': ` +
        "it grows with the accounts, roles and secrets named in it and the length of names.prefix, so name fewer or choose a shorter one",
    );
  }
}

/**
 * The policy as JSON text.
 *
 * @throws PolicyLimitError when the text exceeds AWS's limit: at synthesis, not half-way through an apply
 */
export function policyJson(kind: PolicyKind, statements: readonly PolicyStatement[]): string {
  const json = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const bytes = Buffer.byteLength(json);
  if (bytes > POLICY_LIMITS[kind]) throw new PolicyLimitError(kind, bytes);
  return json;
}

/** Denies requests without TLS, or with a version before 1.2 (CIS 3.1.1, Security Hub S3.5). */
export function denyInsecureTransport(bucketArn: string): PolicyStatement[] {
  const everything = { Principal: "*", Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      ...everything,
      Resource: [...everything.Resource],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyOutdatedTls",
      Effect: "Deny",
      ...everything,
      Resource: [...everything.Resource],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}

/** Denies everyone outside the organization, except AWS's own services. */
export function denyOutsideOrganization(
  organizationId: string,
  target: { readonly actions: string[]; readonly resources: string[] },
): PolicyStatement {
  return {
    Sid: "DenyOutsideOrganization",
    Effect: "Deny",
    Principal: "*",
    Action: target.actions,
    Resource: target.resources,
    Condition: {
      StringNotEqualsIfExists: { "aws:PrincipalOrgID": organizationId },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}

/**
 * Condition of a denial that spares one role of an account, if there is one. Requests without `aws:PrincipalArn` are
 * denied.
 */
export function exceptRole(
  { accountId, region }: { readonly accountId: string; readonly region: string },
  role: string | undefined,
): Pick<PolicyStatement, "Condition"> {
  if (role === undefined) return {};
  return { Condition: { ArnNotLike: { "aws:PrincipalArn": roleArn(region, accountId, role) } } };
}

/** Denies requests to a queue without TLS. */
export function denyInsecureQueue(queueArn: string): PolicyStatement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Trusts Step Functions, for one state machine. */
export function trustStateMachine(accountId: string, machineArn: string): PolicyStatement {
  return {
    Sid: "StepFunctionsAssume",
    Effect: "Allow",
    Principal: { Service: "states.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": machineArn } },
  };
}

/** Trusts EventBridge, for rules of this account only. */
export function trustEventBridge(accountId: string): PolicyStatement {
  return {
    Sid: "EventBridgeAssume",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}
