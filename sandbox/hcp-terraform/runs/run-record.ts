/** When a run reached each status, by the API's names. */
export type Timestamps = Readonly<Record<string, string>>;

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

export interface RunRecord {
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
