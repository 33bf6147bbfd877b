interface StateBackendFacts {
  /** The name of the backend for people. */
  readonly text: string;
  /** Whether the state is in a bucket of the organization's own, which `npm run bootstrap` creates. */
  readonly stateBucket: boolean;
  /** Whether each stack has a workspace, which `trailwatch workspaces` lists. */
  readonly workspaces: boolean;
  /**
   * Whether a sandbox may use it as configured: it stays on this machine, or the sandbox's environment sets an endpoint
   * for everything that Terraform's backend calls (sandbox/environment.ts). Any other backend would be the real one in
   * a sandbox too, so the sandbox replaces it by `local`.
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

/** Whether a sandbox may use a backend as configured; false for anything that is not in the table. */
export function isSandboxed(backend: unknown): boolean {
  return stateBackendIds.some((id) => id === backend && STATE_BACKENDS[id].sandboxed);
}
