import { z } from "zod";
import { type TokenOwner, requireOwnState, requireStateAccess } from "../tokens";
import { type Context, objectUrl, workspaceById } from "../context";
import { ApiError, checked, notFound, listDocument, relatedId, type ResourceObject, sent } from "../json-api";
import type { Lock, StateVersion, WorkspaceRecord } from "../records";
import type { Route } from "../route";
import { unguessableName } from "../store";
import { outputDocument, outputsSent } from "./outputs";
import { currentStateVersion } from "./workspace-document";

const attributes = z.strictObject({
  serial: z.int().min(0),
  lineage: z.string().default(""),
  md5: z.string().regex(/^[0-9a-f]{32}$/, "must be the MD5 of the state, in hexadecimal"),
  force: z.boolean().default(false),
  "json-state-outputs": z.base64().optional(),
});

/** Sources: HCP Terraform, "State versions API" and "State version outputs API". */
export function stateVersionRoutes(context: Context): Route[] {
  const { store } = context;
  const document = (version: StateVersion): ResourceObject => {
    const { id, workspaceId, createdAt, serial, lineage, status, stateObject, jsonObject, outputs, runId } = version;
    return {
      ...{ id, type: "state-versions" },
      attributes: {
        ...{ "created-at": createdAt, serial, "state-version": 4, status, lineage, "resources-processed": true },
        "hosted-state-download-url": status === "finalized" ? objectUrl(context, stateObject) : null,
        "hosted-state-upload-url": status === "pending" ? objectUrl(context, stateObject) : null,
        "hosted-json-state-download-url": status === "finalized" ? objectUrl(context, jsonObject) : null,
        "hosted-json-state-upload-url": status === "pending" ? objectUrl(context, jsonObject) : null,
      },
      relationships: {
        workspace: { data: { id: workspaceId, type: "workspaces" } },
        run: { data: runId === undefined ? null : { id: runId, type: "runs" } },
        outputs: { data: outputs.map((output) => ({ id: output.id, type: "state-version-outputs" })) },
      },
    };
  };
  /** The current state of a workspace, if the caller may read it. */
  const current = (caller: TokenOwner, id: string | undefined): StateVersion => {
    const workspace = workspaceById(context, id);
    requireStateAccess(caller, workspace, store);
    const version = currentStateVersion(context, workspace.id);
    if (version === undefined) throw notFound(`a state of workspace '${workspace.settings.name}'`);
    return version;
  };
  const version = (caller: TokenOwner, id = ""): StateVersion => {
    const found = store.find("stateVersions", id);
    if (found === undefined) throw notFound(`state version '${id}'`);
    requireStateAccess(caller, workspaceById(context, found.workspaceId), store);
    return found;
  };
  return [
    {
      call: "GET /api/v2/workspaces/:id/current-state-version",
      answer: ({ parameters, caller }) => ({ document: { data: document(current(caller, parameters.id)) } }),
    },
    {
      call: "GET /api/v2/workspaces/:id/current-state-version-outputs",
      answer: ({ parameters, caller }) => ({
        document: listDocument(
          current(caller, parameters.id).outputs.map((output) => outputDocument(output, "listed")),
        ),
      }),
    },
    {
      call: "GET /api/v2/state-version-outputs/:id",
      answer: ({ parameters: { id = "" }, caller }) => {
        const owner = store.all("stateVersions").find(({ outputs }) => outputs.some((output) => output.id === id));
        const output = owner && version(caller, owner.id).outputs.find((candidate) => candidate.id === id);
        if (output === undefined) throw notFound(`output '${id}'`);
        return { document: { data: outputDocument(output, "alone") } };
      },
    },
    {
      call: "GET /api/v2/state-versions/:id",
      answer: ({ parameters, caller }) => ({ document: { data: document(version(caller, parameters.id)) } }),
    },
    {
      call: "GET /api/v2/state-versions/:id/outputs",
      answer: ({ parameters, caller }) => ({
        document: listDocument(
          version(caller, parameters.id).outputs.map((output) => outputDocument(output, "listed")),
        ),
      }),
    },
    {
      call: "GET /api/v2/state-versions",
      answer: ({ query, caller }) => {
        const name = query.get("filter[workspace][name]");
        const workspace = store.all("workspaces").find(({ settings }) => settings.name === name);
        if (workspace === undefined) throw notFound(`workspace '${name ?? ""}'`);
        requireStateAccess(caller, workspace, store);
        const own = store.all("stateVersions").filter(({ workspaceId }) => workspaceId === workspace.id);
        return { document: listDocument(own.reverse().map(document)) };
      },
    },
    {
      call: "POST /api/v2/workspaces/:id/state-versions",
      answer: ({ parameters, caller, json }) => {
        const workspace = workspaceById(context, parameters.id);
        requireOwnState(caller, workspace);
        requireLock(caller, workspace.lock);
        const resource = sent(json());
        const { force, ["json-state-outputs"]: outputs, ...own } = checked(attributes, resource.attributes);
        if (!force) checkFollows(context, workspace, own);
        const created: StateVersion = {
          ...own,
          id: store.newId("stateVersions"),
          workspaceId: workspace.id,
          createdAt: new Date().toISOString(),
          status: "pending",
          stateObject: unguessableName(),
          jsonObject: unguessableName(),
          outputs: outputsSent(outputs),
          runId: caller.by === "run" ? caller.run.id : relatedId(resource, "run"),
        };
        return { status: 201, document: { data: document(store.put("stateVersions", created)) } };
      },
    },
  ];
}

/** Source: HCP Terraform, "State versions API": the caller that creates a version must hold the lock of the workspace. */
function requireLock(caller: TokenOwner, lock: Lock | undefined): void {
  const isOwn = caller.by === "run" ? lock?.id === caller.run.id : lock?.by === "users";
  if (!isOwn) throw new ApiError(409, "conflict", "The workspace must be locked by you to create a state version.");
}

/** A state replaces an older one of the same lineage only. */
function checkFollows(
  context: Context,
  { id }: WorkspaceRecord,
  { serial, lineage, md5 }: Pick<StateVersion, "serial" | "lineage" | "md5">,
): void {
  const present = currentStateVersion(context, id);
  if (present === undefined) return;
  if (lineage !== present.lineage)
    throw new ApiError(409, "conflict", `The lineage must be '${present.lineage}', got '${lineage}'.`);
  if (serial < present.serial || (serial === present.serial && md5 !== present.md5))
    throw new ApiError(409, "conflict", `The serial must be over ${present.serial}, got ${serial}.`);
}
