import type { WorkspaceSettings } from "./api/workspace-settings";

/** When something reached each status, by the API's names. */
export type Timestamps = Readonly<Record<string, string>>;

export interface Project {
  readonly id: string;
  readonly name: string;
}

/** Who holds a workspace's lock. */
export interface Lock {
  readonly by: "users" | "runs";
  readonly id: string;
  readonly reason: string;
}

export interface Workspace {
  readonly id: string;
  readonly createdAt: string;
  readonly projectId: string;
  readonly settings: WorkspaceSettings;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of the workspaces whose runs may read this one's state. */
  readonly consumers: readonly string[];
  readonly lock?: Lock | undefined;
  /** The configuration that runs get unless they name one. */
  readonly configurationVersionId?: string | undefined;
}

/** A variable of a workspace or of a variable set. */
export interface Variable {
  readonly id: string;
  /** Id of the workspace or variable set. */
  readonly parentId: string;
  readonly key: string;
  readonly value: string;
  readonly description: string;
  readonly category: "env" | "terraform";
  readonly hcl: boolean;
  readonly sensitive: boolean;
}

export interface VariableSet {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Applies to all workspaces of the organization. */
  readonly global: boolean;
  readonly workspaceIds: readonly string[];
  readonly projectIds: readonly string[];
}

/** An output of a state, as Terraform describes it. */
export interface Output {
  readonly id: string;
  readonly name: string;
  readonly sensitive: boolean;
  readonly value: unknown;
  /** Type in Terraform's JSON notation, for example `"string"` or `["list","string"]`. */
  readonly type: unknown;
}

export interface StateVersion {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdAt: string;
  readonly serial: number;
  readonly lineage: string;
  readonly md5: string;
  /** Pending until the state itself is uploaded. */
  readonly status: "pending" | "finalized";
  /** Names of the uploaded objects. */
  readonly stateObject: string;
  readonly jsonObject: string;
  readonly outputs: readonly Output[];
  readonly runId?: string | undefined;
}

export interface ConfigurationVersion {
  readonly id: string;
  readonly workspaceId: string;
  readonly status: "pending" | "uploaded";
  readonly source: "tfe-api" | "github";
  readonly speculative: boolean;
  readonly provisional: boolean;
  readonly autoQueueRuns: boolean;
  /** Name of the uploaded archive. */
  readonly object: string;
  /** The commit that it was read from. */
  readonly commit?: Commit | undefined;
}

/** A commit of a repository that a workspace watches. */
export interface Commit {
  readonly sha: string;
  readonly branch: string;
  readonly message: string;
  readonly pullRequest?: number | undefined;
}

/** Source: HCP Terraform, "Runs API", run states. Only the states that a run without tasks and policies passes. */
export type RunStatus =
  | "pending"
  | "plan_queued"
  | "planning"
  | "planned"
  | "planned_and_finished"
  | "planned_and_saved"
  | "confirmed"
  | "apply_queued"
  | "applying"
  | "applied"
  | "discarded"
  | "errored"
  | "canceled"
  | "force_canceled";

export type PhaseStatus = "pending" | "queued" | "running" | "finished" | "errored" | "canceled" | "unreachable";

/** The plan or the apply of a run. */
export interface Phase {
  readonly id: string;
  readonly status: PhaseStatus;
  /** Name of the log. */
  readonly log: string;
  readonly additions: number;
  readonly changes: number;
  readonly destructions: number;
}

export interface Run {
  readonly id: string;
  readonly workspaceId: string;
  readonly configurationVersionId: string;
  readonly createdAt: string;
  readonly status: RunStatus;
  readonly timestamps: Timestamps;
  readonly message: string;
  readonly source: "tfe-api" | "tfe-configuration-version";
  readonly autoApply: boolean;
  readonly planOnly: boolean;
  readonly savePlan: boolean;
  readonly isDestroy: boolean;
  readonly refresh: boolean;
  readonly refreshOnly: boolean;
  readonly allowEmptyApply: boolean;
  readonly targets: readonly string[];
  readonly replaces: readonly string[];
  /** Values are expressions of Terraform's language. */
  readonly variables: readonly { readonly key: string; readonly value: string }[];
  readonly hasChanges: boolean;
  /** Whether a user asked to cancel it. */
  readonly isCanceling: boolean;
  readonly plan: Phase;
  readonly apply: Phase;
}

/** The result of a health assessment. */
export interface Assessment {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdAt: string;
  readonly drifted: boolean;
  readonly succeeded: boolean;
  readonly error: string | null;
}
