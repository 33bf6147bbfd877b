import { roleArn } from "../../lib/aws/partitions";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { OnlyPolicies } from "../only-policies";
import { policyJson, type PolicyStatement } from "../policy-document";
import { ENTRY_SESSION_SECONDS } from "./entry-trust";

export interface EntryRoleProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** Name of the role. */
  readonly name: string;
  /** Who may assume it. */
  readonly trust: PolicyStatement;
  /** Paths and names of the roles that it may assume, in any account of the organization. */
  readonly secondRoles: readonly string[];
  /** `o-…`; it cannot assume roles of other organizations. */
  readonly organizationId: string;
  /** The identity provider in the trust policy. */
  readonly identityProvider: ITerraformDependable;
}

/** The first hop of a deployment: a role that CI assumes with its token, and that can only assume the next one. */
export class EntryRole extends Construct {
  /** ARN of the role, known once it exists: the roles that trust it must be created after it. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: EntryRoleProps) {
    super(scope, id);

    const role = new IamRole(this, "Resource", {
      name: props.name,
      description: "Trailwatch: CI enters here, and goes on to a role of each account",
      assumeRolePolicy: policyJson("trust", [props.trust]),
      maxSessionDuration: ENTRY_SESSION_SECONDS,
      dependsOn: [props.identityProvider],
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "second-hop",
      role: role.id,
      policy: policyJson("role", [
        {
          Sid: "AssumeNextRole",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: props.secondRoles.map((role) => roleArn(props.region, "*", role)),
          Condition: { StringEquals: { "aws:ResourceOrgID": props.organizationId } },
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });
    this.arn = role.arn;
  }
}
