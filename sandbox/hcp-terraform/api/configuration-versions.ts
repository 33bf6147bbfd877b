import { z } from "zod";
import { requireUser } from "../tokens";
import { type Context, objectUrl, workspaceById } from "../context";
import { checked, notFound, listDocument, type ResourceObject, sent } from "../json-api";
import type { ConfigurationVersion } from "../records";
import type { Route } from "../route";
import { unguessableName } from "../store";

const attributes = z.strictObject({
  "auto-queue-runs": z.boolean().default(true),
  speculative: z.boolean().default(false),
  provisional: z.boolean().default(false),
});

/** Source: HCP Terraform, "Configuration versions API". */
export function configurationVersionRoutes(context: Context): Route[] {
  const { store } = context;
  const document = (version: ConfigurationVersion): ResourceObject => {
    const { id, status, source, speculative, provisional, autoQueueRuns, object, commit } = version;
    return {
      ...{ id, type: "configuration-versions" },
      attributes: {
        ...{ status, source, speculative, provisional, "auto-queue-runs": autoQueueRuns, error: null },
        ...{ "error-message": null, "status-timestamps": {}, "commit-sha": commit?.sha ?? null },
        "upload-url": status === "pending" ? objectUrl(context, object) : null,
      },
    };
  };
  return [
    {
      call: "GET /api/v2/workspaces/:id/configuration-versions",
      answer: ({ parameters }) => {
        const { id } = workspaceById(context, parameters.id);
        const own = store.all("configurationVersions").filter(({ workspaceId }) => workspaceId === id);
        return { document: listDocument(own.reverse().map(document)) };
      },
    },
    {
      call: "POST /api/v2/workspaces/:id/configuration-versions",
      answer: ({ parameters, caller, json }) => {
        requireUser(caller);
        const { id } = workspaceById(context, parameters.id);
        const { speculative, provisional, ...others } = checked(attributes, sent(json()).attributes);
        const created: ConfigurationVersion = {
          ...{ id: store.newId("configurationVersions"), workspaceId: id, status: "pending", source: "tfe-api" },
          ...{ speculative, provisional, autoQueueRuns: others["auto-queue-runs"], object: unguessableName() },
        };
        return { status: 201, document: { data: document(store.put("configurationVersions", created)) } };
      },
    },
    {
      call: "GET /api/v2/configuration-versions/:id",
      answer: ({ parameters: { id = "" } }) => {
        const version = store.find("configurationVersions", id);
        if (version === undefined) throw notFound(`configuration version '${id}'`);
        return { document: { data: document(version) } };
      },
    },
  ];
}
