import { requireUser } from "../tokens";
import { checkOrganization, type Context, workspaceById, workspaceByName } from "../context";
import { ApiError, checked, listDocument, relatedId, sent, unprocessable } from "../json-api";
import type { WorkspaceRecord } from "../records";
import type { ApiAnswer, ApiRequest, Route } from "../route";
import { bindingsSent, matchesTags } from "./tags";
import { currentStateVersion, workspaceDocument } from "./workspace-document";
import { DEFAULT_SETTINGS, newWorkspace, workspaceChanges } from "./workspace-settings";

/** Source: HCP Terraform, "Workspaces API". */
export function workspaceRoutes(context: Context): Route[] {
  const { store } = context;
  const one = (workspace: WorkspaceRecord, status = 200): ApiAnswer => ({
    status,
    document: { data: workspaceDocument(context, workspace) },
  });
  const named = ({ parameters }: ApiRequest): WorkspaceRecord => {
    checkOrganization(context, parameters.organization);
    return workspaceByName(context, parameters.name);
  };
  const withId = ({ parameters }: ApiRequest): WorkspaceRecord => workspaceById(context, parameters.id);

  const change = (workspace: WorkspaceRecord, { caller, json }: ApiRequest): ApiAnswer => {
    requireUser(caller);
    const resource = sent(json());
    const changes = checked(workspaceChanges, writable(resource.attributes));
    if (changes.name !== undefined && changes.name !== workspace.settings.name) checkIsFree(context, changes.name);
    const projectId = projectOf(context, relatedId(resource, "project")) ?? workspace.projectId;
    const tags = bindingsSent(resource) ?? workspace.tags;
    const settings = { ...workspace.settings, ...changes };
    return one(store.change("workspaces", workspace.id, { settings, projectId, tags }));
  };
  const destroy = (workspace: WorkspaceRecord, { caller }: ApiRequest, isSafe: boolean): ApiAnswer => {
    requireUser(caller);
    if (isSafe) checkIsEmpty(context, workspace);
    store.remove("workspaces", workspace.id);
    for (const { id, workspaceId } of store.all("stateVersions"))
      if (workspaceId === workspace.id) store.remove("stateVersions", id);
    for (const { id, parentId } of store.all("variables")) if (parentId === workspace.id) store.remove("variables", id);
    return { status: 204 };
  };

  return [
    {
      call: "GET /api/v2/organizations/:organization/workspaces",
      answer: ({ parameters, query }) => {
        checkOrganization(context, parameters.organization);
        const name = query.get("search[name]") ?? "";
        const project = query.get("filter[project][id]");
        const found = store
          .all("workspaces")
          .filter(({ settings }) => settings.name.includes(name))
          .filter(({ projectId }) => project === null || projectId === project)
          .filter(({ tags }) => matchesTags(tags, query));
        return { document: listDocument(found.map((workspace) => workspaceDocument(context, workspace))) };
      },
    },
    {
      call: "POST /api/v2/organizations/:organization/workspaces",
      answer: ({ parameters, caller, json }) => {
        checkOrganization(context, parameters.organization);
        requireUser(caller);
        const resource = sent(json());
        const settings = { ...DEFAULT_SETTINGS, ...checked(newWorkspace, writable(resource.attributes)) };
        checkIsFree(context, settings.name);
        const created = {
          id: store.newId("workspaces"),
          createdAt: new Date().toISOString(),
          projectId: projectOf(context, relatedId(resource, "project")) ?? store.all("projects")[0]?.id ?? "",
          settings,
          tags: bindingsSent(resource) ?? {},
          consumers: [],
        };
        return one(store.put("workspaces", created), 201);
      },
    },
    { call: "GET /api/v2/organizations/:organization/workspaces/:name", answer: (request) => one(named(request)) },
    {
      call: "PATCH /api/v2/organizations/:organization/workspaces/:name",
      answer: (request) => change(named(request), request),
    },
    {
      call: "DELETE /api/v2/organizations/:organization/workspaces/:name",
      answer: (request) => destroy(named(request), request, false),
    },
    {
      call: "POST /api/v2/organizations/:organization/workspaces/:name/actions/safe-delete",
      answer: (request) => destroy(named(request), request, true),
    },
    { call: "GET /api/v2/workspaces/:id", answer: (request) => one(withId(request)) },
    { call: "PATCH /api/v2/workspaces/:id", answer: (request) => change(withId(request), request) },
    { call: "DELETE /api/v2/workspaces/:id", answer: (request) => destroy(withId(request), request, false) },
    {
      call: "POST /api/v2/workspaces/:id/actions/safe-delete",
      answer: (request) => destroy(withId(request), request, true),
    },
  ];
}

/** Attributes that describe the client, or have a newer form. */
const NOT_KEPT = ["source-name", "source-url", "tag-names"];

function writable(attributes: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !NOT_KEPT.includes(name)));
}

function checkIsFree({ store }: Context, name: string): void {
  if (store.all("workspaces").some(({ settings }) => settings.name === name))
    throw unprocessable(`'name': there is a workspace '${name}' already`);
}

function projectOf({ store }: Context, id: string | undefined): string | undefined {
  if (id !== undefined && store.find("projects", id) === undefined)
    throw unprocessable(`'project': there is no project '${id}'`);
  return id;
}

/** Source: HCP Terraform, "Workspaces API", safe delete. */
function checkIsEmpty(context: Context, { id, settings, lock }: WorkspaceRecord): void {
  if (lock !== undefined) throw new ApiError(409, "conflict", "Workspace is currently locked. Unlock it first.");
  const version = currentStateVersion(context, id);
  if (version !== undefined)
    throw new ApiError(409, "conflict", `Workspace '${settings.name}' still manages resources: destroy them first.`);
}
