import { ownNames } from "../lib/naming/own-names";
import { ownRoleArn } from "../lib/naming/role-names";
import { isDeploymentRolesStack, WORKSPACES_STACK } from "../lib/naming/stack-ids";
import { accountNamed, type Organization } from "../organization/organization";
import type { WorkspaceState } from "../organization/resolve/state";

/** The newest 1.x from 1.11 on, as the stacks require; a workspace never changes its major version by itself. */
const TERRAFORM_VERSION = "~> 1.11";

/** A variable of a workspace. None is secret: they name roles. */
export interface WorkspaceVariable {
  readonly key: string;
  readonly value: string;
  readonly category: "env" | "terraform";
  readonly sensitive: false;
}

/** Settings of an HCP Terraform workspace for the runs of one stack. */
export interface Workspace {
  readonly stack: string;
  readonly name: string;
  /** Undefined: the organization's default project. */
  readonly project?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly terraformVersion: string;
  readonly executionMode: "remote" | "local";
  /**
   * The stack's folder in the repository. Undefined: runs get the folder that the command line uploads, the stack's
   * own.
   */
  readonly workingDirectory?: string;
  /** Changes of these files start a run; none without a repository. */
  readonly triggerPatterns: readonly string[];
  /** Names of the workspaces whose runs may read this one's state. */
  readonly readBy: readonly string[];
  readonly variables: readonly WorkspaceVariable[];
}

/** The workspace of a stack. `readers`: ids of the stacks that read its state. */
export function workspaceOf(
  organization: Organization,
  state: WorkspaceState,
  { stackId, readers }: { readonly stackId: string; readonly readers: readonly string[] },
): Workspace {
  const own = ownNames(organization.names);
  const executionMode = isForAdministrators(stackId) ? "local" : state.executionMode;
  const folder = `cdktf.out/stacks/${stackId}`;
  const fromCommits = state.vcs !== undefined && executionMode === "remote";
  return {
    stack: stackId,
    name: own.workspaceName(stackId),
    project: state.project,
    tags: { ...state.tags, [own.stackTag]: stackId },
    terraformVersion: TERRAFORM_VERSION,
    executionMode,
    ...(fromCommits ? { workingDirectory: folder } : {}),
    triggerPatterns: fromCommits ? [`/${folder}/**/*`] : [],
    readBy: readers.map(own.workspaceName),
    variables: executionMode === "remote" ? runVariables(organization) : [],
  };
}

/**
 * Creating workspaces needs a token, and creating roles needs permissions, that no run should have: a person runs
 * these.
 */
function isForAdministrators(stackId: string): boolean {
  return stackId === WORKSPACES_STACK || isDeploymentRolesStack(stackId);
}

/** With these, HCP Terraform gets credentials for each run by OpenID Connect: none are stored. */
function runVariables(organization: Organization): WorkspaceVariable[] {
  const runRole = runRoleArn(organization);
  if (runRole === undefined) return [];
  return Object.entries({ TFC_AWS_PROVIDER_AUTH: "true", TFC_AWS_RUN_ROLE_ARN: runRole }).map(([key, value]) => ({
    key,
    value,
    category: "env",
    sensitive: false,
  }));
}

/**
 * ARN of the role with which HCP Terraform's runs enter AWS, in the account by which CI enters; undefined unless
 * organization.yaml lets them deploy.
 */
function runRoleArn(organization: Organization): string | undefined {
  const { deployment } = organization;
  if (deployment?.hcpTerraform !== true) return undefined;
  const { id } = accountNamed(organization, deployment.account);
  return ownRoleArn(
    organization.homeRegion,
    organization.iam,
    id,
    ownNames(organization.names).entryRoles.hcpTerraform,
  );
}
