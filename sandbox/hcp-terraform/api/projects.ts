import { z } from "zod";
import { requireUser } from "../tokens";
import { checkOrganization, type Context } from "../context";
import { checked, notFound, listDocument, type ResourceObject, sent, unprocessable } from "../json-api";
import type { Project } from "../records";
import type { Route } from "../route";

const attributes = z.strictObject({
  name: z.string().regex(/^[\w -]{3,40}$/, "must be 3 to 40 letters, digits, spaces, '-' or '_'"),
  description: z.string().nullish(),
});

function document({ organization }: Context, { id, name }: Project): ResourceObject {
  return {
    ...{ id, type: "projects", attributes: { name, permissions: { "can-create-workspace": true } } },
    relationships: { organization: { data: { id: organization, type: "organizations" } } },
  };
}

/** Source: HCP Terraform, "Projects API". */
export function projectRoutes(context: Context): Route[] {
  const { store } = context;
  return [
    {
      call: "GET /api/v2/organizations/:organization/projects",
      answer: ({ parameters, query }) => {
        checkOrganization(context, parameters.organization);
        const names = query.get("filter[names]")?.split(",");
        const found = store.all("projects").filter(({ name }) => names === undefined || names.includes(name));
        return { document: listDocument(found.map((project) => document(context, project))) };
      },
    },
    {
      call: "POST /api/v2/organizations/:organization/projects",
      answer: ({ parameters, caller, json }) => {
        checkOrganization(context, parameters.organization);
        requireUser(caller);
        const { name } = checked(attributes, sent(json()).attributes);
        if (store.all("projects").some((project) => project.name === name))
          throw unprocessable(`'name': there is a project '${name}' already`);
        return {
          status: 201,
          document: { data: document(context, store.put("projects", { id: store.newId("projects"), name })) },
        };
      },
    },
    {
      call: "GET /api/v2/projects/:project",
      answer: ({ parameters: { project: id = "" } }) => {
        const project = store.find("projects", id);
        if (project === undefined) throw notFound(`project '${id}'`);
        return { document: { data: document(context, project) } };
      },
    },
  ];
}
