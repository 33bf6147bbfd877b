import { roleArn } from "../../lib/aws/partitions";
import type { PolicyRequest } from "../../lib/aws/policy-evaluator";
import type { Account, Organization } from "../../organization/organization";
import { deploymentRole } from "../../organization/resolve/access";

/** One call of each service that a deployment needs in regions whose events are forwarded. */
export const IN_FURTHER_REGIONS = ["events:PutRule"];

/** Stands for `FullAWSAccess`: a policy that only denies allows nothing by itself. */
export const ALLOW_ALL = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });

/** A call of the role that deploys to an account, as a service control policy sees it. */
export function request(organization: Organization, member: Account, region: string, action: string): PolicyRequest {
  const role = deploymentRole(organization, member) ?? "";
  return {
    action,
    resource: "*",
    context: { "aws:RequestedRegion": region, "aws:PrincipalArn": roleArn(organization.homeRegion, member.id, role) },
  };
}
