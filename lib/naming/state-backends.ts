interface StateBackendFacts {
  /** What people call the place of the state. */
  readonly text: string;
  /** Whether the state lies in a bucket of the organization's own, which `npm run bootstrap` creates. */
  readonly stateBucket: boolean;
  /** Whether each stack has a workspace, which `trailwatch workspaces` lists. */
  readonly workspaces: boolean;
  /**
   * Whether a sandbox may use it as it is configured: it stays on this machine, or everything that Terraform's backend
   * calls has its endpoint in the sandbox's environment (sandbox/environment.ts). Any other backend is real there too,
   * so the sandbox replaces it by `local`.
   */
  readonly sandboxed: boolean;
}

/**
 * Where Terraform can keep its state, in the order of the documentation. The key is `state.backend`.
 *
 * Everything else about a backend is an exhaustive map from its key, so that a backend without an entry does not
 * compile: the setting's schema (organization/schema/storage-settings.ts) and the stack's block (stacks/backend.ts).
 */
export const STATE_BACKENDS = {
  s3: { text: "an S3 bucket", stateBucket: true, workspaces: false, sandboxed: true },
  cloud: { text: "HCP Terraform", stateBucket: false, workspaces: true, sandboxed: false },
  local: { text: "this machine", stateBucket: false, workspaces: false, sandboxed: true },
} as const satisfies Readonly<Record<string, StateBackendFacts>>;

export type StateBackendId = keyof typeof STATE_BACKENDS;

/** Ids of the backends for which a fact holds. */
export type BackendsWith<Fact extends "stateBucket" | "workspaces"> = {
  [Id in StateBackendId]: (typeof STATE_BACKENDS)[Id][Fact] extends true ? Id : never;
}[StateBackendId];

/** All backends, in the order of the table. */
export const stateBackendIds = Object.keys(STATE_BACKENDS) as readonly StateBackendId[];

/** Whether a sandbox may use a backend as it is configured; false of whatever is not in the table. */
export function isSandboxed(backend: unknown): boolean {
  return stateBackendIds.some((id) => id === backend && STATE_BACKENDS[id].sandboxed);
}
