import type { Phase, RunRecord, RunStatus } from "./run-record";
import { unguessableName, type Store } from "../store";

/** States that a run never leaves. */
const FINAL: readonly RunStatus[] = [
  ...(["planned_and_finished", "applied", "discarded", "errored", "canceled", "force_canceled"] as const),
];

export function isFinal({ status }: RunRecord): boolean {
  return FINAL.includes(status);
}

/** Plans that change nothing neither lock the workspace nor wait for its other runs. */
export function takesLock({ planOnly, savePlan, status }: RunRecord): boolean {
  return !planOnly && (!savePlan || status === "confirmed" || status === "apply_queued" || status === "applying");
}

/** What a run is asked to do. */
export type RequestedRun = Pick<
  RunRecord,
  | ("message" | "source" | "autoApply" | "planOnly" | "savePlan" | "isDestroy" | "refresh" | "refreshOnly")
  | ("allowEmptyApply" | "targets" | "replaces" | "variables")
>;

/** Options of a plain plan and apply. */
export const PLAIN_RUN: RequestedRun = {
  ...{ message: "", source: "tfe-api", autoApply: false, planOnly: false, savePlan: false, isDestroy: false },
  ...{ refresh: true, refreshOnly: false, allowEmptyApply: false, targets: [], replaces: [], variables: [] },
};

/** Adds a run that waits. */
export function newRun(
  store: Store,
  workspaceId: string,
  configurationVersionId: string,
  options: RequestedRun,
): RunRecord {
  const createdAt = new Date().toISOString();
  return store.put("runs", {
    ...options,
    ...{ id: store.newId("runs"), workspaceId, configurationVersionId, createdAt, status: "pending" },
    ...{ timestamps: {}, hasChanges: false, isCanceling: false },
    plan: phase("plan"),
    apply: phase("apply"),
  });
}

function phase(prefix: string): Phase {
  const id = `${prefix}-${unguessableName().slice(0, 16)}`;
  return { id, status: "pending", log: unguessableName(), additions: 0, changes: 0, destructions: 0 };
}

/** Moves a run to a state, and records when. */
export function moveRun(store: Store, id: string, status: RunStatus, changes: Partial<RunRecord> = {}): RunRecord {
  const { timestamps = {} } = store.find("runs", id) ?? {};
  const reached = { [`${status.replaceAll("_", "-")}-at`]: new Date().toISOString() };
  return store.change("runs", id, { ...changes, status, timestamps: { ...timestamps, ...reached } });
}

/** Runs that have not ended, the oldest first. */
export function unfinished(store: Store): RunRecord[] {
  return store.all("runs").filter((run) => !isFinal(run));
}

/** How many runs are before a run that waits, and itself; 0 when it does not wait. */
export function positionOf(store: Store, id: string): number {
  return (
    1 +
    unfinished(store)
      .filter(({ status }) => status === "pending")
      .findIndex((run) => run.id === id)
  );
}

/** The run that holds a workspace's lock, or the next one, or the last one. */
export function currentRunOf(store: Store, workspaceId: string): RunRecord | undefined {
  const own = store.all("runs").filter((run) => run.workspaceId === workspaceId && !run.planOnly);
  const lock = store.find("workspaces", workspaceId)?.lock;
  return own.find(({ id }) => id === lock?.id) ?? own.find((run) => !isFinal(run)) ?? own.at(-1);
}
