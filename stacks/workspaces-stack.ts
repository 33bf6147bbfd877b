import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { FEEDS } from "../lib/naming/feeds";
import { organizationTrails } from "./names";
import { LOG_ARCHIVE_STACK, monitoringStackId, ORGANIZATION_TRAIL_STACK } from "../lib/naming/stack-ids";
import { TERRAFORM_RANGE } from "../modules/escape-hatches";
import { TfeDataSource, TfeProvider, TfeResource, type TfeArguments } from "../modules/hcp-terraform/tfe";
import type { Organization } from "../organization/organization";
import type { WorkspaceState } from "../organization/resolve/state";
import { configureBackend } from "./backend";
import { workspaceOf, type Workspace } from "./workspace";

export interface WorkspacesStackProps {
  /** The organization. */
  readonly organization: Organization;
  /** The part of `organization.yaml` that names HCP Terraform. */
  readonly state: WorkspaceState;
  /** Ids of all stacks that get a workspace. */
  readonly stackIds: readonly string[];
}

/** The workspaces of all other stacks, with the settings for their runs. */
export class WorkspacesStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: WorkspacesStackProps) {
    super(scope, id);
    const { organization, state, stackIds } = props;

    configureBackend(this, organization);
    this.addOverride("terraform.required_version", TERRAFORM_RANGE);
    new TfeProvider(this, "tfe", { hostname: state.hostname, organization: state.organization });

    const project_id = this.projectId(state);
    const workspaces = stackIds.map((stackId) =>
      workspaceOf(organization, state, { stackId, readers: readersOf(props, stackId) }),
    );
    const ids = new Map(
      workspaces.map((workspace) => {
        const resource = new TfeResource(this, workspace.stack, "tfe_workspace", {
          name: workspace.name,
          project_id,
          tags: workspace.tags,
          terraform_version: workspace.terraformVersion,
          // The first runs must be in order: a person starts them.
          queue_all_runs: false,
          ...fromCommits(workspace, state),
        });
        return [workspace.name, resource.getStringAttribute("id")] as const;
      }),
    );
    for (const workspace of workspaces) this.configure(workspace, ids);
  }

  /** The project must exist; this stack does not manage its members. */
  private projectId({ project }: WorkspaceState): string | undefined {
    if (project === undefined) return undefined;
    return new TfeDataSource(this, "project", "tfe_project", { name: project }).getStringAttribute("id");
  }

  private configure(workspace: Workspace, ids: ReadonlyMap<string, string>): void {
    const { stack, name, executionMode, readBy, variables } = workspace;
    const workspace_id = ids.get(name);
    new TfeResource(this, `${stack}-settings`, "tfe_workspace_settings", {
      workspace_id,
      execution_mode: executionMode,
      global_remote_state: false,
      remote_state_consumer_ids: readBy.map((reader) => ids.get(reader)),
    });
    for (const variable of variables) {
      new TfeResource(this, `${stack}-${variable.key}`, "tfe_variable", { ...variable, workspace_id });
    }
  }
}

/**
 * Ids of the stacks that read a stack's state: trails of other accounts need the archive's key. Computed from the
 * organization, because this app may not have all stacks; a test compares it with the synthesized stacks.
 */
function readersOf({ organization, stackIds }: WorkspacesStackProps, stackId: string): string[] {
  if (stackId !== LOG_ARCHIVE_STACK || organization.archive.existing !== undefined) return [];
  const ownTrails = organization.accounts.filter(({ feed }) => FEEDS[feed].trail === "account");
  const trails = organizationTrails(organization).length === 0 ? [] : [ORGANIZATION_TRAIL_STACK];
  const readers = [...trails, ...ownTrails.map(({ name }) => monitoringStackId(name))];
  return readers.filter((reader) => stackIds.includes(reader)).sort();
}

/** Arguments of a workspace whose runs start from commits. */
function fromCommits({ workingDirectory, triggerPatterns }: Workspace, { vcs }: WorkspaceState): TfeArguments {
  if (vcs === undefined || workingDirectory === undefined) return {};
  const connection = vcs.connection.startsWith("ot-") ? "oauth_token_id" : "github_app_installation_id";
  return {
    working_directory: workingDirectory,
    trigger_patterns: triggerPatterns,
    // Terraform runs the branch's code while it plans: no pull request gets the deployment role.
    speculative_enabled: false,
    vcs_repo: { identifier: vcs.repository, branch: vcs.branch, [connection]: vcs.connection },
  };
}
