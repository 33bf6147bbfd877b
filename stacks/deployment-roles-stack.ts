import { ownNames, type OwnNames } from "../lib/naming/own-names";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { Construct } from "constructs";
import { ownRole, ownRoleArn, roleNameOf, type EntryRoleKey } from "../lib/naming/role-names";
import { AccountRoles } from "../modules/deployment-roles/account-roles";
import type { StateBucketAccess } from "../modules/deployment-roles/reading";
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
import { keyChoiceOf } from "../organization/resolve/keys";
import { bucketStateOf, statePlaceOf, workspaceStateOf } from "../organization/resolve/state";
import { AccountStack } from "./account-stack";
import { createdArchiveBuckets, trailFilesBucket } from "./names";
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
  Record<CiSystem, { readonly roles: readonly EntryRoleKey[]; readonly isOn: (given: DeploymentSettings) => boolean }>
> = {
  github: {
    roles: ["plan", "audit", "apply"],
    isOn: ({ github }) => github !== undefined,
  },
  hcpTerraform: { roles: ["hcpTerraform"], isOn: ({ hcpTerraform }) => hcpTerraform },
};

/** The role of each account that an entry role may assume. */
const ENTERED: Readonly<Record<EntryRoleKey, "deploy" | "plan" | "audit">> = {
  plan: "plan",
  audit: "audit",
  apply: "deploy",
  hcpTerraform: "deploy",
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
      plan: { name: this.own.readingRoles.plan, trusted: trusted("plan") },
      audit: { name: this.own.readingRoles.audit, trusted: trusted("audit") },
      rolesOfOthers: [deployment.administratorRole, ...breakGlassRoles],
      iam,
      own: this.own,
      boundaryArn: boundaryArn(organization, account.id),
      newBoundary: iam.permissionsBoundary === undefined ? this.own.boundary : undefined,
      buckets: [
        ...(ownsArchive ? createdArchiveBuckets(organization) : []),
        ...[trailFilesBucket(organization, account)].filter((name) => name !== undefined),
      ],
      existingLogGroups:
        account.role === "management" && existingGroup !== undefined ? [`log-group:${existingGroup}`] : [],
      secrets: account.secrets.create.map(({ name }) => name),
      hasAlertHub: organization.alertHub?.account === account.name,
      ...(ownsState ? { state: stateAccess(organization) } : {}),
    });
  }

  private get place(): { readonly accountId: string; readonly region: string; readonly own: OwnNames } {
    return { accountId: this.account.id, region: this.organization.homeRegion, own: this.own };
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
    const plan = ownRole(organization.iam, this.own.readingRoles.plan);
    const audit = ownRole(organization.iam, this.own.readingRoles.audit);
    return [
      this.enter("plan", { trust: trust("pull_request"), identityProvider, secondRoles: [plan] }),
      this.enter("audit", {
        trust: trust(`ref:refs/heads/${github.branch}`),
        identityProvider,
        secondRoles: [audit],
      }),
      this.enter("apply", {
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
    return [this.enter("hcpTerraform", { trust, identityProvider, secondRoles })];
  }

  private enter(
    role: EntryRoleKey,
    props: Pick<EntryRoleProps, "trust" | "identityProvider" | "secondRoles">,
  ): EntryArn {
    const name = this.own.entryRoles[role];
    return [
      role,
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

/** Where state is. Trailwatch's own key also when another takes its place: it has encrypted older states. */
function stateAccess(organization: Organization): StateBucketAccess | undefined {
  const place = statePlaceOf(organization);
  if (place === undefined) return undefined;
  const { bucket, region, existing } = place;
  const access = { bucket, region, objects: place.keyOf("*") };
  if (existing !== undefined) return { ...access, keyArn: existing.keyArn };
  const choice = keyChoiceOf(organization, "state");
  return {
    ...access,
    keyAlias: ownNames(organization.names).stateKeyAlias,
    keyArn: typeof choice === "string" ? undefined : choice.existing,
  };
}

/** An entry role and its ARN. */
type EntryArn = readonly [EntryRoleKey, string];

/** ARNs of the existing entry roles. */
type EntryArns = ReadonlyMap<EntryRoleKey, string>;

/** For other accounts: computed, so that no stack reads the entry's state. */
function knownEntries(organization: Organization, deployment: DeploymentSettings): EntryArns {
  const { id } = accountNamed(organization, deployment.account);
  const { entryRoles } = ownNames(organization.names);
  const entered = Object.values(ENTRIES).flatMap(({ roles, isOn }) => (isOn(deployment) ? roles : []));
  return new Map(
    entered.map((role) => [role, ownRoleArn(organization.homeRegion, organization.iam, id, entryRoles[role])]),
  );
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
