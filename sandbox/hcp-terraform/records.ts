import type { WorkspaceSettings } from "./api/workspace-settings";

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

export interface WorkspaceRecord {
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

/** The result of a health assessment. */
export interface Assessment {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdAt: string;
  readonly drifted: boolean;
  readonly succeeded: boolean;
  readonly error: string | null;
}
