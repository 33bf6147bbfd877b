import type { Account, Organization } from "../organization/organization";

/**
 * ARN of the role that Terraform assumes in an account; undefined: the caller's own credentials.
 * `OrganizationAccountAccessRole` does not exist in the management account, so there is none there unless given.
 */
export function deploymentRoleArn(organization: Organization, account: Account): string | undefined {
  const name = account.deploymentRole ?? (account.role === "management" ? undefined : organization.deploymentRole);
  return name === undefined ? undefined : `arn:aws:iam::${account.id}:role/${name}`;
}
