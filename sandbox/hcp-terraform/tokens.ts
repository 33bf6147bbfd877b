import { createHash, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../lib/support/write-file";
import { ApiError } from "./json-api";
import type { WorkspaceRecord } from "./records";
import type { RunRecord } from "./runs/run-record";
import { unguessableName, type Store } from "./store";

/** Whose token a request has: the user whose token the stand-in was started with, a run, or unknown without a valid token. */
export type TokenOwner =
  { readonly by: "user" } | { readonly by: "run"; readonly run: RunRecord } | { readonly by: "unknown" };

/** Id of the only user. */
export const USER_ID = "user-standin";

/** The user's token: the same after a restart, so that clients keep theirs. */
export function userTokenIn(folder: string): string {
  const file = join(folder, "user.token");
  if (!existsSync(file)) writeFile(file, `${unguessableName()}.user`, { mode: 0o600 });
  return readFileSync(file, "utf8");
}

/** Tokens of the user and of runs. A run's token is valid while the run's Terraform runs, and is never stored. */
export class Tokens {
  private readonly runTokens = new Map<string, string>();

  constructor(
    private readonly userToken: string,
    private readonly store: Store,
  ) {}

  /** A token for the Terraform of a run. */
  public tokenOf(runId: string): string {
    const token = `${unguessableName()}.run`;
    this.runTokens.set(token, runId);
    return token;
  }

  public forget(token: string): void {
    this.runTokens.delete(token);
  }

  /** Who sends the header `Authorization`. */
  public ownerOf(authorization: string): TokenOwner {
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? "";
    if (isSame(token, this.userToken)) return { by: "user" };
    const runId = this.runTokens.get(token);
    const run = runId === undefined ? undefined : this.store.find("runs", runId);
    return run === undefined ? { by: "unknown" } : { by: "run", run };
  }
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Refuses runs: their tokens only read and write state. */
export function requireUser({ by }: TokenOwner): void {
  if (by !== "user") throw new ApiError(403, "forbidden", "the token of a run may only read and write state");
}

/**
 * Refuses a run of a workspace that does not share its state with the run's workspace.
 * Source: HCP Terraform, "Manage workspace state", remote state access.
 */
export function requireStateAccess(caller: TokenOwner, workspace: WorkspaceRecord, store: Store): void {
  if (caller.by === "user") return;
  const own = caller.by === "run" ? store.find("workspaces", caller.run.workspaceId) : undefined;
  if (own === undefined) throw new ApiError(401, "unauthorized", "a token is needed");
  const { settings, consumers, id } = workspace;
  if (own.id === id || settings["global-remote-state"] || consumers.includes(own.id)) return;
  throw new ApiError(
    403,
    "forbidden",
    `This Terraform run is not authorized to read the state of the workspace '${settings.name}'. To allow this access, ` +
      `'${settings.name}' must configure this workspace ('${own.settings.name}') as an authorized remote state consumer.`,
  );
}

/** Refuses a run that would change the state of another workspace than its own. */
export function requireOwnState(caller: TokenOwner, { id, settings }: WorkspaceRecord): void {
  if (caller.by === "user" || (caller.by === "run" && caller.run.workspaceId === id)) return;
  throw new ApiError(403, "forbidden", `this run may not change the state of the workspace '${settings.name}'`);
}
