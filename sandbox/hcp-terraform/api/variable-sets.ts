import { z } from "zod";
import { requireUser } from "../tokens";
import { checkOrganization, type Context, workspaceById } from "../context";
import { checked, notFound, listDocument, type ResourceObject, sent, sentList } from "../json-api";
import type { VariableSet } from "../records";
import type { ApiRequest, Route } from "../route";
import { variableRoutesBelow } from "./variables";

const attributes = z.strictObject({
  name: z.string().min(1),
  description: z.string().default(""),
  global: z.boolean().default(false),
});

function document({ id, name, description, global, workspaceIds, projectIds }: VariableSet): ResourceObject {
  return {
    ...{ id, type: "varsets", attributes: { name, description, global, "workspace-count": workspaceIds.length } },
    relationships: {
      workspaces: { data: workspaceIds.map((workspace) => ({ id: workspace, type: "workspaces" })) },
      projects: { data: projectIds.map((project) => ({ id: project, type: "projects" })) },
    },
  };
}

/** Source: HCP Terraform, "Variable sets API". */
export function variableSetRoutes(context: Context): Route[] {
  const { store } = context;
  const found = ({ parameters: { id = "" } }: ApiRequest): VariableSet => {
    const set = store.find("variableSets", id);
    if (set === undefined) throw notFound(`variable set '${id}'`);
    return set;
  };
  const sentWorkspaces = ({ json }: ApiRequest): string[] =>
    sentList(json()).map((reference) => workspaceById(context, reference.id).id);
  const assign = (request: ApiRequest, change: (present: readonly string[], sent: readonly string[]) => string[]) => {
    requireUser(request.caller);
    const { id, workspaceIds } = found(request);
    store.change("variableSets", id, { workspaceIds: change(workspaceIds, sentWorkspaces(request)) });
    return { status: 204 };
  };
  return [
    {
      call: "GET /api/v2/organizations/:organization/varsets",
      answer: ({ parameters }) => {
        checkOrganization(context, parameters.organization);
        return { document: listDocument(store.all("variableSets").map(document)) };
      },
    },
    {
      call: "POST /api/v2/organizations/:organization/varsets",
      answer: ({ parameters, caller, json }) => {
        checkOrganization(context, parameters.organization);
        requireUser(caller);
        const set = checked(attributes, sent(json()).attributes);
        const created = { id: store.newId("variableSets"), workspaceIds: [], projectIds: [], ...set };
        return { status: 201, document: { data: document(store.put("variableSets", created)) } };
      },
    },
    { call: "GET /api/v2/varsets/:id", answer: (request) => ({ document: { data: document(found(request)) } }) },
    {
      call: "DELETE /api/v2/varsets/:id",
      answer: (request) => {
        requireUser(request.caller);
        store.remove("variableSets", found(request).id);
        return { status: 204 };
      },
    },
    {
      call: "POST /api/v2/varsets/:id/relationships/workspaces",
      answer: (request) => assign(request, (present, sent) => [...new Set([...present, ...sent])]),
    },
    {
      call: "DELETE /api/v2/varsets/:id/relationships/workspaces",
      answer: (request) => assign(request, (present, sent) => present.filter((id) => !sent.includes(id))),
    },
    ...variableRoutesBelow(context, "varsets/:id/relationships/vars", (request) => found(request).id),
  ];
}
