import type { Tokens } from "./tokens";
import { notFound } from "./json-api";
import type { WorkspaceRecord } from "./records";
import type { RunRecord } from "./runs/run-record";
import type { RunQueue } from "./runs/run-queue";
import type { Signer } from "./identity/signer";
import type { Store } from "./store";

/** What the routes share. */
export interface Context {
  /** Name of the only organization. */
  readonly organization: string;
  /** For example `https://localhost:4800`. */
  readonly url: string;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly signer: Signer;
  readonly queue: RunQueue;
}

/** Id of the only organization. */
export const ORGANIZATION_ID = "org-standin";

/** @throws ApiError 404 for any other organization */
export function checkOrganization({ organization }: Pick<Context, "organization">, name: string | undefined): void {
  if (name !== organization) throw notFound(`organization '${name ?? ""}'`);
}

/** @throws ApiError 404 when there is none with this id */
export function workspaceById({ store }: Pick<Context, "store">, id: string | undefined): WorkspaceRecord {
  const workspace = store.find("workspaces", id ?? "");
  if (workspace === undefined) throw notFound(`workspace '${id ?? ""}'`);
  return workspace;
}

/** @throws ApiError 404 when there is none with this name */
export function workspaceByName({ store }: Pick<Context, "store">, name: string | undefined): WorkspaceRecord {
  const workspace = store.all("workspaces").find(({ settings }) => settings.name === name);
  if (workspace === undefined) throw notFound(`workspace '${name ?? ""}'`);
  return workspace;
}

/** @throws ApiError 404 when there is none with this id */
export function runById({ store }: Pick<Context, "store">, id: string | undefined): RunRecord {
  const run = store.find("runs", id ?? "");
  if (run === undefined) throw notFound(`run '${id ?? ""}'`);
  return run;
}

/** URL of an object, for its holder only. */
export function objectUrl({ url }: Pick<Context, "url">, name: string): string {
  return `${url}/_objects/${name}`;
}
