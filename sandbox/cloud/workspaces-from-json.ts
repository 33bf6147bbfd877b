import { join } from "node:path";
import { z } from "zod";
import { WORKSPACES_STACK } from "../../lib/naming/stack-ids";
import { readRegularFile } from "../../lib/support/regular-file";
import type { Changes } from "../apply-output";
import { type ApiAddress, callApi } from "./api-client";

// The provider hashicorp/tfe is not in the sandbox's mirror: this makes the calls that it would make.

const workspace = z.looseObject({
  name: z.string(),
  project_id: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
});
const settings = z.object({
  workspace_id: z.string(),
  execution_mode: z.enum(["remote", "local"]),
  global_remote_state: z.boolean(),
  remote_state_consumer_ids: z.array(z.string()).default([]),
});
const variable = z.looseObject({ workspace_id: z.string(), key: z.string() });

const stack = z.object({
  data: z.object({ tfe_project: z.record(z.string(), z.object({ name: z.string() })) }).optional(),
  resource: z.object({
    tfe_workspace: z.record(z.string(), workspace),
    tfe_workspace_settings: z.record(z.string(), settings),
    tfe_variable: z.record(z.string(), variable).default({}),
  }),
});

/** Arguments of `tfe_workspace` that the API has elsewhere than among the attributes. */
const ELSEWHERE = ["project_id", "tags", "provider", "//"];

/** Creates projects, workspaces, their settings and their variables, as the synthesized stack `workspaces` has them. */
export async function createWorkspaces(api: ApiAddress, organization: string, outdir: string): Promise<Changes> {
  const file = join(outdir, "stacks", WORKSPACES_STACK, "cdk.tf.json");
  const { data, resource } = stack.parse(JSON.parse(readRegularFile(file)));
  const ids = new Map<string, string>();
  /** The id that an expression such as `${tfe_workspace.log-archive.id}` refers to. */
  const idOf = (expression: string): string => ids.get(/^\$\{(.+)\.id\}$/.exec(expression)?.[1] ?? "") ?? expression;
  const create = (path: string, sent: object): Promise<string> => post(api, path, sent);

  for (const [name, project] of Object.entries(data?.tfe_project ?? {})) {
    const sent = { type: "projects", attributes: { name: project.name } };
    ids.set(`data.tfe_project.${name}`, await create(`organizations/${organization}/projects`, sent));
  }
  for (const [name, { project_id, tags, ...others }] of Object.entries(resource.tfe_workspace)) {
    const bindings = Object.entries(tags).map(([key, value]) => ({ type: "tag-bindings", attributes: { key, value } }));
    const project = project_id === undefined ? {} : { project: { data: { id: idOf(project_id), type: "projects" } } };
    const relationships = { ...project, "tag-bindings": { data: bindings } };
    const sent = { type: "workspaces", attributes: attributesOf(others), relationships };
    ids.set(`tfe_workspace.${name}`, await create(`organizations/${organization}/workspaces`, sent));
  }
  for (const { workspace_id, remote_state_consumer_ids, ...others } of Object.values(resource.tfe_workspace_settings)) {
    const id = idOf(workspace_id);
    await succeed(api, `PATCH /api/v2/workspaces/${id}`, { type: "workspaces", attributes: attributesOf(others) });
    const consumers = remote_state_consumer_ids.map((consumer) => ({ id: idOf(consumer), type: "workspaces" }));
    await succeed(api, `PATCH /api/v2/workspaces/${id}/relationships/remote-state-consumers`, consumers);
  }
  for (const { workspace_id, ...others } of Object.values(resource.tfe_variable))
    await create(`workspaces/${idOf(workspace_id)}/vars`, { type: "vars", attributes: attributesOf(others) });

  const added = Object.values(resource).reduce((sum, resources) => sum + Object.keys(resources).length, 0);
  return { added, changed: 0, destroyed: 0 };
}

/** Arguments of the provider as attributes of the API: both have the same names, spelled differently. */
function attributesOf(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(args).filter(([name, value]) => !ELSEWHERE.includes(name) && value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.replaceAll("_", "-"),
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? attributesOf(value as Record<string, unknown>)
        : value,
    ]),
  );
}

async function post(api: ApiAddress, path: string, data: object): Promise<string> {
  const text = await succeed(api, `POST /api/v2/${path}`, data);
  return (JSON.parse(text) as { data: { id: string } }).data.id;
}

/** @throws Error with the API's answer, if it is an error */
async function succeed(api: ApiAddress, call: Parameters<typeof callApi>[1], data: unknown): Promise<string> {
  const { status, text } = await callApi(api, call, { data });
  if (status < 300) return text;
  throw new Error(`HCP Terraform answered '${call}' with ${status}: ${text}`);
}
