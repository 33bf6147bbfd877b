import { globalArn } from "../lib/aws/partitions";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformStack, type IAspect } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { BOUNDARY, DEPLOYMENT_SESSION } from "../lib/naming/role-names";
import { pinProviderRange } from "../modules/escape-hatches";
import type { Account, Organization } from "../organization/organization";
import { STACK_TAG } from "../lib/naming/own-resources";
import { configureBackend } from "./backend";
import { deploymentRoleArn } from "./deployment-role";

/** Properties of every stack of this app. */
export interface AccountStackProps {
  /** The whole organization: home region, state backend, names and ids of the other accounts. */
  readonly organization: Organization;
  /** The one account this stack deploys to. */
  readonly account: Account;
  /**
   * Whether the stack's roles have a permissions boundary, because CI may create no others. CI does not create its own
   * roles.
   *
   * @default - true, where `organization.yaml` configures deployment by CI
   */
  readonly boundRoles?: boolean;
}

/** A stack bound to exactly one account: one default provider, one state. */
export abstract class AccountStack extends TerraformStack {
  protected readonly organization: Organization;
  protected readonly account: Account;

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    this.organization = props.organization;
    this.account = props.account;

    configureBackend(this, props.organization);
    new AwsProvider(this, "aws", this.providerConfig(props.organization.homeRegion));
    pinProviderRange(this);
    if (props.organization.deployment !== undefined && (props.boundRoles ?? true)) {
      Aspects.of(this).add(
        new RoleBoundary(globalArn(props.organization.homeRegion, "iam", props.account.id, `policy/${BOUNDARY}`)),
      );
    }
  }

  /** A provider of the same account for another region; resources must name it. */
  protected regionalProvider(region: string): AwsProvider {
    return new AwsProvider(this, `aws-${region}`, { ...this.providerConfig(region), alias: region });
  }

  private providerConfig(region: string) {
    const { organization, account } = this;
    const roleArn = deploymentRoleArn(organization, account);
    return {
      region,
      // Whatever the credentials, nothing is changed in any other account.
      allowedAccountIds: [account.id],
      assumeRole: roleArn === undefined ? undefined : [{ roleArn, sessionName: DEPLOYMENT_SESSION }],
      defaultTags: [{ tags: { ...organization.tags, [STACK_TAG]: this.node.id } }],
      ...(organization.localAws ? { s3UsePathStyle: true, skipMetadataApiCheck: "true" } : {}),
    };
  }
}

/** Adds the permissions boundary to each role of a stack: CI may create no other roles. */
class RoleBoundary implements IAspect {
  constructor(private readonly policyArn: string) {}

  public visit(node: IConstruct): void {
    if (node instanceof IamRole) node.permissionsBoundary = this.policyArn;
  }
}
