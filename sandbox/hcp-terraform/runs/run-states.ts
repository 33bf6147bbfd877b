import type { Phase, Run, RunStatus } from "../records";
import { secretName, type Store } from "../store";

/** States that a run never leaves. */
const FINAL: readonly RunStatus[] = [
  ...(["planned_and_finished", "applied", "discarded", "errored", "canceled", "force_canceled"] as const),
];

export function isFinal({ status }: Run): boolean {
  return FINAL.includes(status);
}

/** Plans that change nothing neither lock the workspace nor wait for its other runs. */
export function takesLock({ planOnly, savePlan, status }: Run): boolean {
  return !planOnly && (!savePlan || status === "confirmed" || status === "apply_queued" || status === "applying");
}

/** What a run is asked to do. */
export type RunOptions = Pick<
  Run,
  | ("message" | "source" | "autoApply" | "planOnly" | "savePlan" | "isDestroy" | "refresh" | "refreshOnly")
  | ("allowEmptyApply" | "targets" | "replaces" | "variables")
>;

/** Options of a plain plan and apply. */
export const PLAIN_RUN: RunOptions = {
  ...{ message: "", source: "tfe-api", autoApply: false, planOnly: false, savePlan: false, isDestroy: false },
  ...{ refresh: true, refreshOnly: false, allowEmptyApply: false, targets: [], replaces: [], variables: [] },
};

/** Adds a run that waits. */
export function newRun(store: Store, workspaceId: string, configurationVersionId: string, options: RunOptions): Run {
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
  const id = `${prefix}-${secretName().slice(0, 16)}`;
  return { id, status: "pending", log: secretName(), additions: 0, changes: 0, destructions: 0 };
}

/** Moves a run to a state, and records when. */
export function moveRun(store: Store, id: string, status: RunStatus, changes: Partial<Run> = {}): Run {
  const { timestamps = {} } = store.find("runs", id) ?? {};
  const reached = { [`${status.replaceAll("_", "-")}-at`]: new Date().toISOString() };
  return store.change("runs", id, { ...changes, status, timestamps: { ...timestamps, ...reached } });
}
