import { DataTerraformRemoteState, Lazy, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { TERRAFORM_RANGE } from "../modules/escape-hatches";
import { TfeDataSource, TfeProvider, TfeResource, type TfeArguments } from "../modules/hcp-terraform/tfe";
import type { Organization } from "../organization/organization";
import { configureBackend } from "./backend";
import { readersByWorkspace } from "./state-readers";
import { workspaceName, workspaceOf, type CloudState, type Workspace } from "./workspace";

export interface WorkspacesStackProps {
  /** The organization. */
  readonly organization: Organization;
  /** The part of `organization.yaml` that names HCP Terraform. */
  readonly state: CloudState;
  /** Ids of all stacks that get a workspace. */
  readonly stackIds: readonly string[];
}

/**
 * The workspaces of all other stacks, with what their runs need. It must be the last stack of the app: who reads whose
 * state is known once the others are prepared.
 */
export class WorkspacesStack extends TerraformStack {
  private readonly workspaceIds = new Map<string, string>();
  private readers?: Map<string, string[]>;

  constructor(scope: Construct, id: string, props: WorkspacesStackProps) {
    super(scope, id);
    const { organization, state, stackIds } = props;

    configureBackend(this, organization);
    this.addOverride("terraform.required_version", TERRAFORM_RANGE);
    new TfeProvider(this, "tfe", { hostname: state.hostname, organization: state.organization });

    const projectId = this.projectId(state);
    for (const stackId of stackIds) this.createWorkspace(stackId, props, projectId);
  }

  /** The project exists: `terraform init` of this very stack creates it when it is not there. */
  private projectId({ project }: CloudState): string | undefined {
    if (project === undefined) return undefined;
    return new TfeDataSource(this, "project", "tfe_project", { name: project }).getStringAttribute("id");
  }

  private createWorkspace(stackId: string, props: WorkspacesStackProps, projectId: string | undefined): void {
    const { organization, state } = props;
    const workspace = workspaceOf(organization, state, { stackId, readers: [] });

    const resource = new TfeResource(this, stackId, "tfe_workspace", {
      name: workspace.name,
      project_id: projectId,
      tags: workspace.tags,
      terraform_version: workspace.terraformVersion,
      // The first runs need an order: a person starts them.
      queue_all_runs: false,
      ...(workspace.workingDirectory === undefined ? {} : fromCommits(workspace, state)),
    });
    const workspaceId = resource.getStringAttribute("id");
    this.workspaceIds.set(workspace.name, workspaceId);

    new TfeResource(this, `${stackId}-settings`, "tfe_workspace_settings", {
      workspace_id: workspaceId,
      execution_mode: workspace.executionMode,
      global_remote_state: false,
      remote_state_consumer_ids: Lazy.listValue({ produce: () => this.consumerIds(workspace.name) }),
    });
    for (const { key, value, category, sensitive } of workspace.variables) {
      const variable = { key, value, category, sensitive, workspace_id: workspaceId };
      new TfeResource(this, `${stackId}-${key}`, "tfe_variable", variable);
    }
  }

  /** Ids of the workspaces whose runs may read the state of one. */
  private consumerIds(name: string): string[] {
    this.readers ??= readersInTree(this.node.root);
    return (this.readers.get(name) ?? []).flatMap((reader) => this.workspaceIds.get(workspaceName(reader)) ?? []);
  }
}

/** Who reads the state in which workspace. cdktf adds the references to a stack when it prepares it, not before. */
function readersInTree(app: IConstruct): Map<string, string[]> {
  return readersByWorkspace(
    app.node.children.flatMap((stack) =>
      stack.node.children
        .filter((child) => child instanceof DataTerraformRemoteState)
        .map((reference) => [stack.node.id, reference.toTerraform() as unknown] as const),
    ),
  );
}

/** Arguments of a workspace whose runs start from commits. */
function fromCommits({ workingDirectory, triggerPatterns }: Workspace, { vcs }: CloudState): TfeArguments {
  if (vcs === undefined) return {};
  const connection = vcs.connection.startsWith("ot-") ? "oauth_token_id" : "github_app_installation_id";
  return {
    working_directory: workingDirectory,
    trigger_patterns: triggerPatterns,
    // Terraform runs code of the branch while it plans: no pull request gets the role that deploys.
    speculative_enabled: false,
    vcs_repo: { identifier: vcs.repository, branch: vcs.branch, [connection]: vcs.connection },
  };
}
