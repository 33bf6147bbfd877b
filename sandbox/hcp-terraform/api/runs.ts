import { z } from "zod";
import { requireUser } from "../tokens";
import { type Context, runById, workspaceById } from "../context";
import {
  ApiError,
  checked,
  notFound,
  listDocument,
  relatedId,
  type ResourceObject,
  sent,
  unprocessable,
} from "../json-api";
import type { Route } from "../route";
import { permittedActions, phaseDocument, runDocument } from "./run-document";
import { workspaceDocument } from "./workspace-document";

const attributes = z.strictObject({
  message: z.string().default("Triggered via API"),
  "auto-apply": z.boolean().optional(),
  "plan-only": z.boolean().optional(),
  "save-plan": z.boolean().default(false),
  "is-destroy": z.boolean().default(false),
  refresh: z.boolean().default(true),
  "refresh-only": z.boolean().default(false),
  "allow-empty-apply": z.boolean().default(false),
  "target-addrs": z.array(z.string()).default([]),
  "replace-addrs": z.array(z.string()).default([]),
  variables: z.array(z.object({ key: z.string().regex(/^[A-Za-z_][\w-]*$/), value: z.string() })).default([]),
});

/** What each action needs, and what the queue does. Source: HCP Terraform, "Runs API". */
const ACTIONS = [
  ["apply", "is-confirmable", "confirm"],
  ["discard", "is-discardable", "discard"],
  ["cancel", "is-cancelable", "cancel"],
  ["force-cancel", "is-force-cancelable", "forceCancel"],
] as const;

/** Sources: HCP Terraform, "Runs API", "Plans API", "Applies API". */
export function runRoutes(context: Context): Route[] {
  const { store } = context;
  const phaseOf = (type: "plans" | "applies", id = ""): ResourceObject => {
    const run = store.all("runs").find(({ plan, apply }) => (type === "plans" ? plan : apply).id === id);
    if (run === undefined) throw notFound(`'${id}'`);
    return phaseDocument(context, type, type === "plans" ? run.plan : run.apply, run);
  };
  return [
    {
      call: "POST /api/v2/runs",
      answer: ({ caller, json }) => {
        requireUser(caller);
        const resource = sent(json());
        const workspace = workspaceById(context, relatedId(resource, "workspace"));
        if (workspace.settings["execution-mode"] === "local")
          throw unprocessable(`'workspace': runs of '${workspace.settings.name}' are local, so it has none here`);
        const asked = checked(attributes, resource.attributes);
        const versionId = relatedId(resource, "configuration-version") ?? workspace.configurationVersionId;
        const version = store.find("configurationVersions", versionId ?? "");
        if (version?.workspaceId !== workspace.id || version.status !== "uploaded")
          throw unprocessable("'configuration-version': there is none that is uploaded; upload a configuration first");
        if (asked["is-destroy"] && !workspace.settings["allow-destroy-plan"])
          throw unprocessable("'is-destroy': the workspace's setting 'allow-destroy-plan' is false");
        const run = context.queue.create(workspace, version, {
          ...{ message: asked.message, source: "tfe-api", savePlan: asked["save-plan"] },
          autoApply: asked["auto-apply"] ?? workspace.settings["auto-apply"],
          planOnly: version.speculative || asked["plan-only"] === true,
          ...{ isDestroy: asked["is-destroy"], refresh: asked.refresh, refreshOnly: asked["refresh-only"] },
          ...{ allowEmptyApply: asked["allow-empty-apply"], variables: asked.variables },
          ...{ targets: asked["target-addrs"], replaces: asked["replace-addrs"] },
        });
        return { status: 201, document: { data: runDocument(context, run) } };
      },
    },
    {
      call: "GET /api/v2/runs/:run",
      answer: ({ parameters, query }) => {
        const run = runById(context, parameters.run);
        const kinds = (query.get("include") ?? "").split(",");
        const included = [
          ...(kinds.includes("workspace") ? [workspaceDocument(context, workspaceById(context, run.workspaceId))] : []),
          ...(kinds.includes("plan") ? [phaseDocument(context, "plans", run.plan, run)] : []),
          ...(kinds.includes("apply") ? [phaseDocument(context, "applies", run.apply, run)] : []),
        ];
        return { document: { data: runDocument(context, run), included } };
      },
    },
    {
      call: "GET /api/v2/workspaces/:id/runs",
      answer: ({ parameters }) => {
        const { id } = workspaceById(context, parameters.id);
        const own = store.all("runs").filter(({ workspaceId }) => workspaceId === id);
        return { document: listDocument(own.reverse().map((run) => runDocument(context, run))) };
      },
    },
    {
      call: "GET /api/v2/runs/:run/run-events",
      answer: () => ({ document: listDocument([]) }),
    },
    {
      call: "GET /api/v2/runs/:run/task-stages",
      answer: ({ parameters }) => {
        runById(context, parameters.run);
        return { document: listDocument([]) };
      },
    },
    ...ACTIONS.map(([action, needed, perform]): Route => ({
      call: `POST /api/v2/runs/:run/actions/${action}`,
      answer: ({ parameters, caller }) => {
        requireUser(caller);
        const run = runById(context, parameters.run);
        if (!permittedActions(run)[needed])
          throw new ApiError(
            409,
            "transition not allowed",
            `'${action}' needs a run that ${needed}; it is ${run.status}`,
          );
        context.queue[perform](run.id);
        return { status: 202 };
      },
    })),
    {
      call: "GET /api/v2/plans/:id",
      answer: ({ parameters }) => ({ document: { data: phaseOf("plans", parameters.id) } }),
    },
    {
      // `terraform show -json` reads it from a saved plan.
      call: "GET /api/v2/plans/:id/json-output",
      answer: async ({ parameters: { id }, caller }) => {
        requireUser(caller);
        const run = store.all("runs").find(({ plan }) => plan.id === id);
        const content = run && (await context.queue.planJson(run));
        if (content === undefined) throw notFound(`the JSON of plan '${id ?? ""}'`);
        return { content, contentType: "application/json" };
      },
    },
    {
      call: "GET /api/v2/applies/:id",
      answer: ({ parameters }) => ({ document: { data: phaseOf("applies", parameters.id) } }),
    },
  ];
}
