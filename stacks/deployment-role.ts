import { roleArn } from "../lib/aws/partitions";
import { enteringRole } from "../organization/resolve/access";
import type { Account, Organization } from "../organization/organization";

/** ARN of the role that Terraform assumes in an account; undefined: the caller's own credentials. */
export function deploymentRoleArn(organization: Organization, account: Account): string | undefined {
  const role = enteringRole(organization, account);
  return role === undefined ? undefined : roleArn(organization.homeRegion, account.id, role);
}
