import { z } from "zod";
import { requireUser } from "../tokens";
import { type Context, workspaceById } from "../context";
import { checked, type SentResource, sentList } from "../json-api";
import type { WorkspaceRecord } from "../records";
import type { ApiAnswer, Route } from "../route";

type Tags = WorkspaceRecord["tags"];

const binding = z.object({ key: z.string().min(1), value: z.string().default("") });
const flat = z.object({ name: z.string().min(1) });

/** Tags with a key and a value in a new or changed workspace; undefined when there are none. */
export function bindingsSent({ relationships }: SentResource): Tags | undefined {
  const data = relationships["tag-bindings"]?.data ?? relationships.tags?.data;
  return Array.isArray(data) ? tagsOf(sentList({ data })) : undefined;
}

/** A tag without a value is one of the older form, which has a name only. */
function tagsOf(resources: readonly SentResource[]): Tags {
  const pairs = resources.map(({ type, attributes }) => {
    if (type === "tags") return [checked(flat, attributes).name, ""] as const;
    const { key, value } = checked(binding, attributes);
    return [key, value] as const;
  });
  return Object.fromEntries(pairs);
}

/**
 * Whether a workspace has the tags of a search: `search[tags]` has names, `filter[tagged][0][key]` and `[value]` pairs.
 */
export function matchesTags(tags: Tags, query: URLSearchParams): boolean {
  const names = (query.get("search[tags]") ?? "").split(",").filter((name) => name !== "");
  if (!names.every((name) => Object.hasOwn(tags, name))) return false;
  return [...query].every(([parameter, wanted]) => {
    const [, index, part] = /^filter\[tagged\]\[(\d+)\]\[(key|value)\]$/.exec(parameter) ?? [];
    if (part === "key") return Object.hasOwn(tags, wanted);
    const key = query.get(`filter[tagged][${index ?? ""}][key]`);
    return part === undefined || key === null || tags[key] === wanted;
  });
}

/** Sources: HCP Terraform, "Workspaces API", tag bindings and tags. */
export function tagRoutes(context: Context): Route[] {
  const { store } = context;
  const bindings = (tags: Tags, type: string): ApiAnswer => ({
    document: { data: Object.entries(tags).map(([key, value]) => ({ id: key, type, attributes: { key, value } })) },
  });
  return [
    {
      call: "GET /api/v2/workspaces/:id/tag-bindings",
      answer: ({ parameters }) => bindings(workspaceById(context, parameters.id).tags, "tag-bindings"),
    },
    {
      call: "GET /api/v2/workspaces/:id/effective-tag-bindings",
      answer: ({ parameters }) => bindings(workspaceById(context, parameters.id).tags, "effective-tag-bindings"),
    },
    {
      call: "PATCH /api/v2/workspaces/:id/tag-bindings",
      answer: ({ parameters, caller, json }) => {
        requireUser(caller);
        const { id, tags } = workspaceById(context, parameters.id);
        const changed = store.change("workspaces", id, { tags: { ...tags, ...tagsOf(sentList(json())) } });
        return bindings(changed.tags, "tag-bindings");
      },
    },
    {
      call: "POST /api/v2/workspaces/:id/relationships/tags",
      answer: ({ parameters, caller, json }) => {
        requireUser(caller);
        const { id, tags } = workspaceById(context, parameters.id);
        store.change("workspaces", id, { tags: { ...tags, ...tagsOf(sentList(json())) } });
        return { status: 204 };
      },
    },
  ];
}
