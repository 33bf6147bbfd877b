import { z } from "zod";
import { requireUser, USER_ID } from "../tokens";
import { type Context, workspaceById } from "../context";
import { ApiError, checked } from "../json-api";
import type { WorkspaceRecord } from "../records";
import type { ApiAnswer, Route } from "../route";
import { workspaceDocument } from "./workspace-document";

const request = z.object({ reason: z.string().default("") });

/** Source: HCP Terraform, "Workspaces API", lock and unlock. */
export function lockRoutes(context: Context): Route[] {
  const { store, queue } = context;
  const one = (workspace: WorkspaceRecord): ApiAnswer => ({
    document: { data: workspaceDocument(context, workspace) },
  });
  const unlock = ({ id }: WorkspaceRecord): ApiAnswer => {
    const unlocked = store.change("workspaces", id, { lock: undefined });
    queue.advance();
    return one(unlocked);
  };
  return [
    {
      call: "POST /api/v2/workspaces/:id/actions/lock",
      answer: ({ parameters, caller, json }) => {
        requireUser(caller);
        const { id, lock } = workspaceById(context, parameters.id);
        if (lock !== undefined)
          throw new ApiError(409, "conflict", "Unable to lock workspace. The workspace is already locked.");
        const { reason } = checked(request, json() ?? {});
        return one(store.change("workspaces", id, { lock: { by: "users", id: USER_ID, reason } }));
      },
    },
    {
      call: "POST /api/v2/workspaces/:id/actions/unlock",
      answer: ({ parameters, caller }) => {
        requireUser(caller);
        const workspace = workspaceById(context, parameters.id);
        if (workspace.lock === undefined)
          throw new ApiError(409, "conflict", "Unable to unlock workspace. The workspace is already unlocked.");
        if (workspace.lock.by === "runs")
          throw new ApiError(409, "conflict", `Unable to unlock workspace. It is locked by Run ${workspace.lock.id}.`);
        return unlock(workspace);
      },
    },
    {
      call: "POST /api/v2/workspaces/:id/actions/force-unlock",
      answer: ({ parameters, caller }) => {
        requireUser(caller);
        const workspace = workspaceById(context, parameters.id);
        if (workspace.lock?.by !== "users")
          throw new ApiError(409, "conflict", "Unable to unlock workspace. No user or team holds its lock.");
        return unlock(workspace);
      },
    },
  ];
}
