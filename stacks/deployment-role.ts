import type { Account, Organization } from "../organization/organization";

/**
 * Name of the role that Terraform assumes in an account; undefined: the caller's own credentials.
 * `OrganizationAccountAccessRole` does not exist in the management account, so there is none there unless given.
 */
export function deploymentRoleName(organization: Organization, account: Account): string | undefined {
  return account.deploymentRole ?? (account.role === "management" ? undefined : organization.deploymentRole);
}

/** ARN of that role. */
export function deploymentRoleArn(organization: Organization, account: Account): string | undefined {
  const name = deploymentRoleName(organization, account);
  return name === undefined ? undefined : `arn:aws:iam::${account.id}:role/${name}`;
}
