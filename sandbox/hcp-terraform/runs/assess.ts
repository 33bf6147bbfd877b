import type { Context } from "../context";
import type { Assessment, WorkspaceRecord } from "../records";
import { isFinal, newRun, PLAIN_RUN } from "./run-states";
import type { Agent } from "./agent";

/**
 * Assesses a workspace: a plan that only refreshes, outside of the queue. HCP Terraform does so about once a day in
 * workspaces with `assessments-enabled`, if their last run was applied and none is in progress.
 * Source: HCP Terraform, "Health assessments".
 */
export async function assessDrift(
  { store }: Pick<Context, "store">,
  agent: Agent,
  workspace: WorkspaceRecord,
): Promise<Assessment> {
  const { id, settings } = workspace;
  if (!settings["assessments-enabled"]) throw new Error(`'assessments-enabled' must be true in '${settings.name}'`);
  const runs = store.all("runs").filter(({ workspaceId, planOnly }) => workspaceId === id && !planOnly);
  const last = runs.at(-1);
  if (
    last === undefined ||
    runs.some((run) => !isFinal(run)) ||
    !["applied", "planned_and_finished"].includes(last.status)
  )
    throw new Error(`the last run of '${settings.name}' must be applied, and none in progress`);
  const options = { ...PLAIN_RUN, planOnly: true, refreshOnly: true, message: "Health assessment" };
  const run = newRun(store, id, last.configurationVersionId, options);
  const { outcome } = await agent.start(run, "plan").ended;
  store.remove("runs", run.id);
  return store.put("assessments", {
    ...{ id: store.newId("assessments"), workspaceId: id, createdAt: new Date().toISOString() },
    ...{ drifted: outcome === "changes", succeeded: outcome !== "failed" },
    error: outcome === "failed" ? "the plan of the assessment failed" : null,
  });
}
