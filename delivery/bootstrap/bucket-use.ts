import { bucketArn, roleArn } from "../../lib/aws/partitions";
import type { PolicyRequest } from "../../lib/aws/policy-evaluator";
import type { PolicyStatement } from "../../modules/policy-document";
import type { BucketQuery } from "./bucket-facts";

/** A result about the bucket. `unusable`: deployments fail; `missing`: they work, but the states are less protected. */
export interface BucketFinding {
  readonly status: "ok" | "missing" | "unusable" | "unknown";
  readonly text: string;
  /** The setting or command that corrects it. */
  readonly fix?: string;
  /** The statement that a policy lacks. */
  readonly statement?: PolicyStatement;
}

/** What uses the bucket. */
export interface BucketUse extends BucketQuery {
  readonly organizationId: string;
  readonly accountId: string;
  /** ARNs of the roles that write states. @default - the caller's own credentials, whose name is unknown */
  readonly writers: readonly string[];
  /** Pattern of the keys of the states. */
  readonly objects: string;
}

/** A request of a principal of the organization, for one state unless another resource is given. */
export function requestOf(use: BucketUse, principal: string, action: string): PolicyRequest {
  const { accountId, organizationId, region, bucket, objectKey } = use;
  return {
    principal,
    action,
    resource: bucketArn(region, `${bucket}/${objectKey}`),
    context: {
      "aws:SecureTransport": "true",
      "aws:PrincipalArn": principal,
      "aws:PrincipalAccount": /:(\d{12}):/.exec(principal)?.[1] ?? accountId,
      "aws:PrincipalOrgID": organizationId,
      "aws:PrincipalIsAWSService": "false",
      "aws:ResourceAccount": accountId,
      "s3:TlsVersion": "1.3",
    },
  };
}

/** A request from outside of the organization. */
export function strangerRequest(use: BucketUse, action: string): PolicyRequest {
  const principal = roleArn(use.region, "000000000000", "stranger");
  const request = requestOf(use, principal, action);
  return { ...request, context: { ...request.context, "aws:PrincipalOrgID": [] } };
}

/** Principals that statements of a policy name. */
export function namedPrincipals(policy: string): string[] {
  const { Statement = [] } = JSON.parse(policy) as { readonly Statement?: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as readonly PolicyStatement[];
  const named = statements.flatMap(({ Effect, Principal }) =>
    Effect !== "Allow" || Principal === undefined
      ? []
      : typeof Principal === "string"
        ? [Principal]
        : Object.values(Principal as Readonly<Record<string, string | string[]>>).flat(),
  );
  return [...new Set(named)].sort();
}
