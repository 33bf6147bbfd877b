import { type BackendsWith, STATE_BACKENDS } from "../../lib/naming/state-backends";
import { ownNames } from "../../lib/naming/own-names";
import type { Organization } from "../organization";
import type { StateBackend } from "../schema/storage-settings";

/** State in a bucket of the organization's own. */
export type BucketState = Extract<StateBackend, { backend: BackendsWith<"stateBucket"> }>;

/** State in a bucket that Trailwatch creates. */
export type OwnState = BucketState & { readonly bucket: string };

/** The bucket of the states, whether or not Trailwatch creates it. */
export interface StatePlace {
  /** Name of the account that owns the bucket. */
  readonly account: string;
  readonly bucket: string;
  readonly region: string;
  /** What the keys of the installation's states begin with, such as `trailwatch/`. */
  readonly folder: string;
  /** The bucket, or the part of one that may hold other states: `bucket/trailwatch`. */
  readonly ownPart: string;
  /** Settings of a bucket that exists; undefined: Trailwatch creates it. */
  readonly existing: BucketState["existing"];
  /** Key of a stack's state; `*` for those of all stacks. */
  readonly keyOf: (stackId: string) => string;
}

/** State in workspaces, one a stack. */
export type WorkspaceState = Extract<StateBackend, { backend: BackendsWith<"workspaces"> }>;

/** The state's settings if it is kept in a bucket; undefined otherwise. */
export function bucketStateOf(state: StateBackend | undefined): BucketState | undefined {
  return state !== undefined && hasBucket(state) ? state : undefined;
}

/** The state's settings if Trailwatch creates the bucket; undefined otherwise. */
export function ownStateOf(state: StateBackend | undefined): OwnState | undefined {
  const settings = bucketStateOf(state);
  return settings?.bucket === undefined ? undefined : { ...settings, bucket: settings.bucket };
}

/** Where the states are; undefined: not in a bucket. */
export function statePlaceOf({
  state,
  homeRegion,
  names,
}: Pick<Organization, "state" | "homeRegion" | "names">): StatePlace | undefined {
  const settings = bucketStateOf(state);
  if (settings === undefined) return undefined;
  const { account, existing } = settings;
  const bucket = existing?.bucket ?? settings.bucket;
  if (bucket === undefined) throw new TypeError("'state' has neither 'bucket' nor 'existing'");
  const own = ownNames(names);
  const prefix = existing?.prefix === undefined ? "" : `${existing.prefix}/`;
  const folder = `${prefix}${own.folder}`;
  return {
    account,
    bucket,
    region: existing?.region ?? homeRegion,
    folder,
    ownPart: existing === undefined ? bucket : `${bucket}/${folder.slice(0, -1)}`,
    existing,
    keyOf: (stackId) => `${prefix}${own.stateKey(stackId)}`,
  };
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
