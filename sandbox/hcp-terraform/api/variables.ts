import { z } from "zod";
import { requireUser } from "../tokens";
import { type Context, workspaceById } from "../context";
import { checked, notFound, listDocument, type ResourceObject, sent } from "../json-api";
import type { Variable } from "../records";
import type { ApiRequest, Route } from "../route";

const changes = z
  .strictObject({
    key: z.string().regex(/^[A-Za-z_][\w-]*$/, "must be the name of a variable"),
    value: z.string(),
    description: z.string(),
    category: z.enum(["env", "terraform"]),
    hcl: z.boolean(),
    sensitive: z.boolean(),
  })
  .partial();
const complete = changes.required({ key: true, category: true });

/** A variable as the API returns it: a sensitive value is never read back. */
export function variableDocument({ id, key, value, sensitive, ...others }: Variable): ResourceObject {
  const { description, category, hcl } = others;
  const shown = sensitive ? null : value;
  return { id, type: "vars", attributes: { key, value: shown, sensitive, description, category, hcl } };
}

/** The routes of the variables below one kind of parent. */
export function variableRoutesBelow(
  { store }: Context,
  path: "workspaces/:id/vars" | "varsets/:id/relationships/vars",
  parentOf: (request: ApiRequest) => string,
): Route[] {
  const found = (request: ApiRequest): Variable => {
    const variable = store.find("variables", request.parameters.variable ?? "");
    if (variable?.parentId !== parentOf(request)) throw notFound(`variable '${request.parameters.variable ?? ""}'`);
    return variable;
  };
  return [
    {
      call: `GET /api/v2/${path}`,
      answer: (request) => {
        const parent = parentOf(request);
        const own = store.all("variables").filter(({ parentId }) => parentId === parent);
        return { document: listDocument(own.map(variableDocument)) };
      },
    },
    {
      call: `POST /api/v2/${path}`,
      answer: (request) => {
        requireUser(request.caller);
        const defaults = { value: "", description: "", hcl: false, sensitive: false };
        const attributes = { ...defaults, ...checked(complete, sent(request.json()).attributes) };
        const variable = { id: store.newId("variables"), parentId: parentOf(request), ...attributes };
        return { status: 201, document: { data: variableDocument(store.put("variables", variable)) } };
      },
    },
    {
      call: `PATCH /api/v2/${path}/:variable`,
      answer: (request) => {
        requireUser(request.caller);
        const { id } = found(request);
        const changed = store.change("variables", id, checked(changes, sent(request.json()).attributes));
        return { document: { data: variableDocument(changed) } };
      },
    },
    {
      call: `DELETE /api/v2/${path}/:variable`,
      answer: (request) => {
        requireUser(request.caller);
        store.remove("variables", found(request).id);
        return { status: 204 };
      },
    },
  ];
}

/** Source: HCP Terraform, "Workspace variables API". */
export function variableRoutes(context: Context): Route[] {
  const { store } = context;
  return [
    {
      // Terraform reads all variables when it runs locally: also those of variable sets.
      call: "GET /api/v2/workspaces/:id/all-vars",
      answer: ({ parameters }) => ({
        document: listDocument(
          variablesOfRuns(context, workspaceById(context, parameters.id).id).map(variableDocument),
        ),
      }),
    },
    ...variableRoutesBelow(
      context,
      "workspaces/:id/vars",
      ({ parameters }) => workspaceById({ store }, parameters.id).id,
    ),
  ];
}

/** The variables of a workspace's runs: its own win over those of its variable sets. */
export function variablesOfRuns({ store }: Pick<Context, "store">, workspaceId: string): Variable[] {
  const { projectId } = workspaceById({ store }, workspaceId);
  const sets = store
    .all("variableSets")
    .filter(
      ({ global, workspaceIds, projectIds }) =>
        global || workspaceIds.includes(workspaceId) || projectIds.includes(projectId),
    );
  const parents = [...sets.map(({ id }) => id), workspaceId];
  const found = parents.flatMap((parent) => store.all("variables").filter(({ parentId }) => parentId === parent));
  return [...new Map(found.map((variable) => [`${variable.category} ${variable.key}`, variable])).values()];
}
