import type { OwnNames } from "../../lib/naming/own-names";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { iamName, type IamNaming } from "../../lib/naming/role-names";
import { OnlyPolicies } from "../only-policies";
import { policyJson, type PolicyStatement } from "../policy-document";
import { deployingStatements } from "./deploying";
import {
  LOOK_UP_EVENTS,
  readConfiguration,
  readCreatedSecrets,
  stateStatements,
  type StateBucketAccess,
} from "./reading";
import { boundaryStatements, denyTampering } from "./tampering";

/** A role of the account, and who may assume it. */
export interface SecondRole {
  readonly name: string;
  /** ARNs of the entry roles that may assume it; if empty, the role is not created. */
  readonly trusted: readonly string[];
}

export interface AccountRolesProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;
  /** `o-…`; only this organization is admitted. */
  readonly organizationId: string;
  /** Changes the deployment. */
  readonly deploy: SecondRole;
  /** Reads the configuration of resources. */
  readonly plan: SecondRole;
  /** Also reads the versions of created secrets, as a refresh does. */
  readonly audit: SecondRole;
  readonly iam: IamNaming;
  readonly own: OwnNames;
  /** Names of further roles in the account that deployments must not change, such as administrators' roles. */
  readonly rolesOfOthers: readonly string[];
  /** ARN of the permissions boundary of the roles that a deployment creates. */
  readonly boundaryArn: string;
  /**
   * Name of that policy if it is to be created.
   *
   * @default - it exists
   */
  readonly newBoundary?: string | undefined;
  /** Trailwatch's buckets in the account that deployments change, without the state bucket. */
  readonly buckets: readonly string[];
  /** Log groups that exist and get metric filters, as the resource part of an ARN. */
  readonly existingLogGroups: readonly string[];
  /** Names of the secrets that Trailwatch creates in the account. */
  readonly secrets: readonly string[];
  /** Whether the alert hub is in the account. */
  readonly hasAlertHub: boolean;
  /**
   * Where state is kept, in the account that owns it.
   *
   * @default - elsewhere
   */
  readonly state?: StateBucketAccess;
}

/** The second hop of a deployment: what CI may do in one account. */
export class AccountRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccountRolesProps,
  ) {
    super(scope, id);
    const { accountId, region, deploy, plan, audit, iam, own, boundaryArn, newBoundary, state } = props;

    if (newBoundary !== undefined) {
      new IamPolicy(this, "boundary", {
        name: newBoundary,
        description: "Trailwatch: the most that roles can do that its deployments make",
        policy: policyJson("managed", boundaryStatements(props, props.organizationId, props.existingLogGroups)),
      });
    }

    // Without the key's alias, the bucket is none of a stack's.
    const managed = state?.keyAlias === undefined ? [] : [state.bucket];
    const reading = readConfiguration(props, [...props.buckets, ...managed]);
    const stateFor = (access: "read" | "lock" | "write") => (state === undefined ? [] : stateStatements(state, access));
    this.createRole("plan", plan, [...reading, ...stateFor("read")]);
    this.createRole("audit", audit, [...reading, LOOK_UP_EVENTS, ...readCreatedSecrets(props), ...stateFor("lock")]);
    this.createRole("deploy", deploy, [
      ...reading,
      ...stateFor("write"),
      ...deployingStatements(props),
      ...denyTampering({
        accountId,
        region,
        iam,
        own,
        roles: [
          ...[deploy, plan, audit].map(({ name }) => `${iam.path}${iamName(iam, own, name)}`),
          ...props.rolesOfOthers,
        ],
        boundaryArn,
        stateKeyAlias: state?.keyAlias,
      }),
    ]);
  }

  private createRole(id: string, { name, trusted }: SecondRole, statements: PolicyStatement[]): void {
    if (trusted.length === 0) return;
    const role = new IamRole(this, id, {
      name,
      description: `Trailwatch: ${id} from CI`,
      // By ARN, not by account: a role that is recreated under the same name is a different role, and is refused.
      assumeRolePolicy: policyJson("trust", [
        {
          Sid: "FromCi",
          Effect: "Allow",
          Principal: { AWS: [...trusted] },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:PrincipalOrgID": this.props.organizationId } },
        },
      ]),
      // With role chaining, a session lasts an hour at most.
      maxSessionDuration: 3600,
    });
    const policy = policyJson("role", statements);
    const permission = new IamRolePolicy(this, `${id}-permission`, { name: id, role: role.id, policy });
    new OnlyPolicies(this, `${id}-only`, { role, policies: [permission] });
  }
}
