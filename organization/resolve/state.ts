import { type BackendsWith, STATE_BACKENDS } from "../../lib/naming/state-backends";
import type { StateBackend } from "../schema/storage-settings";

/** State in a bucket of the organization's own. */
export type BucketState = Extract<StateBackend, { backend: BackendsWith<"stateBucket"> }>;

/** State in workspaces, one a stack. */
export type WorkspaceState = Extract<StateBackend, { backend: BackendsWith<"workspaces"> }>;

/** The state's settings if it is kept in a bucket; undefined otherwise. */
export function bucketStateOf(state: StateBackend | undefined): BucketState | undefined {
  return state !== undefined && hasBucket(state) ? state : undefined;
}

/** The state's settings if it is kept in workspaces; undefined otherwise. */
export function workspaceStateOf(state: StateBackend | undefined): WorkspaceState | undefined {
  return state !== undefined && hasWorkspaces(state) ? state : undefined;
}

function hasBucket(state: StateBackend): state is BucketState {
  return STATE_BACKENDS[state.backend].stateBucket;
}

function hasWorkspaces(state: StateBackend): state is WorkspaceState {
  return STATE_BACKENDS[state.backend].workspaces;
}
