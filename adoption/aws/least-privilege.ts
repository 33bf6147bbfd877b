import { roleArn } from "../../lib/aws/partitions";
import { accountWithRole, type Organization } from "../../organization/organization";
import { deploymentRoleArn } from "../../stacks/deployment-role";
import type { PolicyDocument } from "../../verification/least-privilege";
import { ADOPT_READS } from "./calls";

/**
 * The least privileges that `adopt` needs, made from the table of its calls.
 *
 * @param role name of the role to assume in each account; the role that Terraform assumes unless given
 */
export function adoptPolicy(organization: Organization, role?: string): PolicyDocument {
  const management = accountWithRole(organization, "management");
  const roles = organization.accounts
    .filter(({ id }) => id !== management.id)
    .flatMap((account) =>
      role === undefined
        ? (deploymentRoleArn(organization, account) ?? [])
        : roleArn(organization.homeRegion, account.id, role),
    );
  const actions = [...new Set(Object.values(ADOPT_READS).map(({ action }) => action))].sort();
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "EnterAccounts", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roles },
      { Sid: "Look", Effect: "Allow", Action: actions, Resource: ["*"] },
    ],
  };
}
