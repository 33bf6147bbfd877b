import { ownNames, type OwnNames } from "../lib/naming/own-names";
import { nameBy } from "../modules/own-names-of";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { iamName, PLAIN_IAM } from "../lib/naming/role-names";
import { chooseKeys } from "../modules/encryption-key/key-choices";
import { pinProviderRange } from "../modules/escape-hatches";
import type { Account, Organization } from "../organization/organization";
import { keyChoiceOf } from "../organization/resolve/keys";
import { configureBackend } from "./backend";
import { deploymentRoleArn } from "./deployment-role";
import { boundaryArn } from "./role-boundary";

/** Properties of every stack of this app. */
export interface AccountStackProps {
  /** The whole organization: home region, state backend, names and ids of the other accounts. */
  readonly organization: Organization;
  /** The one account this stack deploys to. */
  readonly account: Account;
  /**
   * Whether CI creates the stack's roles, which then have Trailwatch's permissions boundary: CI may create no others. A
   * boundary of `iam` is on all roles.
   *
   * @default - true, where `organization.yaml` configures deployment by CI
   */
  readonly createdByCi?: boolean;
}

/** A stack bound to exactly one account: one default provider, one state. */
export abstract class AccountStack extends TerraformStack {
  protected readonly organization: Organization;
  protected readonly account: Account;
  protected readonly own: OwnNames;
  /** Of the roles of the stack. */
  private readonly boundaryArn: string | undefined;

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    nameBy(this, props.organization.names);
    this.organization = props.organization;
    this.own = ownNames(props.organization.names);
    this.account = props.account;

    chooseKeys(this, (purpose) => keyChoiceOf(props.organization, purpose));
    configureBackend(this, props.organization);
    new AwsProvider(this, "aws", this.providerConfig(props.organization.homeRegion));
    pinProviderRange(this, props.organization.awsProvider);
    const { iam, deployment } = props.organization;
    const isBound = iam.permissionsBoundary !== undefined || (deployment !== undefined && (props.createdByCi ?? true));
    this.boundaryArn = isBound ? boundaryArn(props.organization, props.account.id) : undefined;
  }

  /** Not with an aspect: aspects may change elements after they are rendered, so that each would be rendered twice. */
  public override prepareStack(): void {
    this.configureIam();
    super.prepareStack();
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
      assumeRole: roleArn === undefined ? undefined : [{ roleArn, sessionName: this.own.deploymentSession }],
      defaultTags: [{ tags: { ...organization.tags, ...account.tags, [this.own.stackTag]: this.node.id } }],
      ...(organization.localAws ? { s3UsePathStyle: true, skipMetadataApiCheck: "true" } : {}),
    };
  }

  /** Gives each role and policy its path, name and permissions boundary. */
  private configureIam(): void {
    const { iam } = this.organization;
    for (const node of this.node.findAll()) {
      if (!(node instanceof IamRole || node instanceof IamPolicy)) continue;
      if (iam.path !== PLAIN_IAM.path) node.path = iam.path;
      if (node.nameInput !== undefined) node.name = iamName(iam, this.own, node.nameInput);
      if (node instanceof IamRole && this.boundaryArn !== undefined) node.permissionsBoundary = this.boundaryArn;
    }
  }
}
