import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { Construct } from "constructs";
import { STATE_KEY_ALIAS } from "../lib/naming/resource-names";
import {
  BOUNDARY,
  ENTRY_ROLES,
  ownRole,
  ownRoleArn,
  READING_ROLES,
  roleNameOf,
  type EntryRoleName,
} from "../lib/naming/role-names";
import { AccountRoles } from "../modules/deployment-roles/account-roles";
import { EntryRole, type EntryRoleProps } from "../modules/deployment-roles/entry-role";
import {
  GITHUB_AUDIENCE,
  GITHUB_HOST,
  HCP_AUDIENCE,
  githubTrust,
  hcpTerraformTrust,
  type HcpTerraformProject,
} from "../modules/deployment-roles/entry-trust";
import { asAdministrator, deploymentRole } from "../organization/resolve/access";
import { accountNamed, type Account, type Organization } from "../organization/organization";
import type { DeploymentSettings } from "../organization/schema/schema";
import { bucketStateOf, workspaceStateOf } from "../organization/resolve/state";
import { AccountStack } from "./account-stack";
import { createdArchiveBuckets } from "./names";
import { boundaryArn } from "./role-boundary";
import type { PlannedRoles } from "./stack-plan";

/** A stack of roles for each of the accounts, and for CI's entry. */
export function createDeploymentRoles(
  scope: Construct,
  organization: Organization,
  { deployment, entry, others }: PlannedRoles,
): void {
  const first = new DeploymentRolesStack(scope, entry.id, { organization, account: entry.account, deployment });
  for (const { id, account } of others) {
    // IAM refuses a trust policy that names a role which does not exist yet.
    new DeploymentRolesStack(scope, id, { organization, account, deployment }).addDependency(first);
  }
}

/** The CI systems: all settings of `deployment` except the shared ones. */
type CiSystem = Exclude<keyof DeploymentSettings, "account" | "administratorRole">;

/**
 * The entry roles of each system, as far as organization.yaml allows them. A system without an entry does not compile.
 */
const ENTRIES: Readonly<
  Record<CiSystem, { readonly roles: readonly EntryRoleName[]; readonly isOn: (given: DeploymentSettings) => boolean }>
> = {
  github: {
    roles: [ENTRY_ROLES.plan, ENTRY_ROLES.audit, ENTRY_ROLES.apply],
    isOn: ({ github }) => github !== undefined,
  },
  hcpTerraform: { roles: [ENTRY_ROLES.hcpTerraform], isOn: ({ hcpTerraform }) => hcpTerraform },
};

/** The role of each account that an entry role may assume. */
const ENTERED: Readonly<Record<EntryRoleName, "deploy" | "plan" | "audit">> = {
  [ENTRY_ROLES.plan]: "plan",
  [ENTRY_ROLES.audit]: "audit",
  [ENTRY_ROLES.apply]: "deploy",
  [ENTRY_ROLES.hcpTerraform]: "deploy",
};

export interface DeploymentRolesStackProps {
  readonly organization: Organization;
  readonly account: Account;
  /** `deployment` of the organization. */
  readonly deployment: DeploymentSettings;
}

/** The roles of one account by which CI deploys. An administrator deploys this stack: no role can create itself. */
export class DeploymentRolesStack extends AccountStack {
  private readonly deployment: DeploymentSettings;

  constructor(scope: Construct, id: string, props: DeploymentRolesStackProps) {
    const { organization, account, deployment } = props;
    const entered = organization.access === undefined ? asAdministrator(organization) : organization;
    super(scope, id, { account, organization: entered, createdByCi: false });
    this.deployment = deployment;

    const { iam } = organization;
    const state = bucketStateOf(organization.state);
    const isEntry = account.name === deployment.account;
    const entries = isEntry ? this.createEntry() : knownEntries(organization, deployment);
    const trusted = (role: "deploy" | "plan" | "audit") =>
      [...entries].flatMap(([name, arn]) => (ENTERED[name] === role ? [arn] : []));
    const ownsState = state?.account === account.name;
    const existingGroup = organization.trail.existing?.logGroup;
    const ownsArchive = account.role === "log-archive";
    const breakGlassRoles = new Set([
      ...(ownsState && state.breakGlassRole !== undefined ? [state.breakGlassRole] : []),
      ...(ownsArchive && organization.archive.breakGlassRole !== undefined
        ? [organization.archive.breakGlassRole]
        : []),
    ]);
    new AccountRoles(this, "roles", {
      accountId: account.id,
      region: organization.homeRegion,
      organizationId: organization.id,
      deploy: {
        name: roleNameOf(deploymentRole(organization, account) ?? organization.deploymentRole),
        trusted: trusted("deploy"),
      },
      plan: { name: READING_ROLES.plan, trusted: trusted("plan") },
      audit: { name: READING_ROLES.audit, trusted: trusted("audit") },
      rolesOfOthers: [deployment.administratorRole, ...breakGlassRoles],
      iam,
      boundaryArn: boundaryArn(organization, account.id),
      newBoundary: iam.permissionsBoundary === undefined ? BOUNDARY : undefined,
      buckets: ownsArchive ? createdArchiveBuckets(organization) : [],
      existingLogGroups:
        account.role === "management" && existingGroup !== undefined ? [`log-group:${existingGroup}`] : [],
      secrets: account.secrets.create.map(({ name }) => name),
      hasAlertHub: organization.alertHub?.account === account.name,
      ...(ownsState
        ? { state: { bucket: state.bucket, keyAlias: STATE_KEY_ALIAS, region: organization.homeRegion } }
        : {}),
    });
  }

  private get place(): { readonly accountId: string; readonly region: string } {
    return { accountId: this.account.id, region: this.organization.homeRegion };
  }

  /** Identity providers, and the roles of the first hop. */
  private createEntry(): EntryArns {
    const create: Readonly<Record<CiSystem, () => EntryArn[]>> = {
      github: () => this.createGithubEntry(),
      hcpTerraform: () => this.createHcpTerraformEntry(),
    };
    return new Map(Object.values(create).flatMap((entry) => entry()));
  }

  private createGithubEntry(): EntryArn[] {
    const { organization } = this;
    const { github } = this.deployment;
    if (github === undefined) return [];
    const identityProvider = this.identityProvider("github", GITHUB_HOST, GITHUB_AUDIENCE);
    const trust = (context: string, branch?: string) => githubTrust(this.place, github, { context, branch });
    const plan = ownRole(organization.iam, READING_ROLES.plan);
    const audit = ownRole(organization.iam, READING_ROLES.audit);
    return [
      this.enter(ENTRY_ROLES.plan, { trust: trust("pull_request"), identityProvider, secondRoles: [plan] }),
      this.enter(ENTRY_ROLES.audit, {
        trust: trust(`ref:refs/heads/${github.branch}`),
        identityProvider,
        secondRoles: [audit],
      }),
      this.enter(ENTRY_ROLES.apply, {
        trust: trust(`environment:${github.environment}`, github.branch),
        identityProvider,
        secondRoles: deployedRoles(organization),
      }),
    ];
  }

  private createHcpTerraformEntry(): EntryArn[] {
    const { organization } = this;
    const project = hcpTerraformProject(organization, this.deployment);
    if (project === undefined) return [];
    const identityProvider = this.identityProvider("hcp-terraform", project.hostname, HCP_AUDIENCE);
    const trust = hcpTerraformTrust(this.place, project);
    const secondRoles = deployedRoles(organization);
    return [this.enter(ENTRY_ROLES.hcpTerraform, { trust, identityProvider, secondRoles })];
  }

  private enter(
    name: EntryRoleName,
    props: Pick<EntryRoleProps, "trust" | "identityProvider" | "secondRoles">,
  ): EntryArn {
    return [
      name,
      new EntryRole(this, name, {
        name,
        region: this.organization.homeRegion,
        organizationId: this.organization.id,
        ...props,
      }).arn,
    ];
  }

  private identityProvider(id: string, host: string, audience: string): IamOpenidConnectProvider {
    // AWS trusts the certificate authorities of both: a thumbprint would be ignored.
    return new IamOpenidConnectProvider(this, id, { url: `https://${host}`, clientIdList: [audience] });
  }
}

/** An entry role and its ARN. */
type EntryArn = readonly [EntryRoleName, string];

/** ARNs of the existing entry roles. */
type EntryArns = ReadonlyMap<EntryRoleName, string>;

/** For other accounts: computed, so that no stack reads the entry's state. */
function knownEntries(organization: Organization, deployment: DeploymentSettings): EntryArns {
  const { id } = accountNamed(organization, deployment.account);
  const names = Object.values(ENTRIES).flatMap(({ roles, isOn }) => (isOn(deployment) ? roles : []));
  return new Map(names.map((name) => [name, ownRoleArn(organization.homeRegion, organization.iam, id, name)]));
}

/** Paths and names of the roles that deploy; most organizations have one. */
function deployedRoles(organization: Organization): string[] {
  const names = organization.accounts.flatMap((account) => deploymentRole(organization, account) ?? []);
  return [...new Set(names)].sort();
}

/** Runs that may enter; HCP Terraform's project is named "Default Project" unless you choose another. */
function hcpTerraformProject(
  organization: Organization,
  { hcpTerraform }: DeploymentSettings,
): HcpTerraformProject | undefined {
  const state = workspaceStateOf(organization.state);
  if (!hcpTerraform || state === undefined) return undefined;
  const { hostname, organization: name, project = "Default Project" } = state;
  return { hostname, organization: name, project };
}
