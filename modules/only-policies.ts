import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { Construct } from "constructs";

export interface OnlyPoliciesProps {
  readonly role: IamRole;
  /** All inline policies of the role. It has no managed policies. */
  readonly policies: readonly IamRolePolicy[];
}

/**
 * Limits a role to its own policies: a plan shows any other policy, inline or attached, and an apply removes it.
 * Without this, Terraform ignores policies that it does not manage.
 *
 * Source: documentation of `aws_iam_role_policies_exclusive` and `aws_iam_role_policy_attachments_exclusive`.
 */
export class OnlyPolicies extends Construct {
  constructor(scope: Construct, id: string, { role, policies }: OnlyPoliciesProps) {
    super(scope, id);
    new IamRolePoliciesExclusive(this, "inline", {
      roleName: role.name,
      // By reference, so that the policies are created first.
      policyNames: policies.map(({ name }) => name),
    });
    new IamRolePolicyAttachmentsExclusive(this, "attached", { roleName: role.name, policyArns: [] });
  }
}
