import { requireUser } from "../tokens";
import { type Context, workspaceById } from "../context";
import { listDocument, sentList } from "../json-api";
import type { Method, Route } from "../route";
import { workspaceDocument } from "./workspace-document";

type Consumers = readonly string[];

/** How each method changes the list. Source: HCP Terraform, "Workspaces API", remote state consumers. */
const CHANGES: readonly [Method, (present: Consumers, sent: Consumers) => Consumers][] = [
  ["PATCH", (_present, sent) => sent],
  ["POST", (present, sent) => [...new Set([...present, ...sent])]],
  ["DELETE", (present, sent) => present.filter((id) => !sent.includes(id))],
];

/** Which workspaces' runs may read a workspace's state. */
export function stateSharingRoutes(context: Context): Route[] {
  const { store } = context;
  return [
    {
      call: "GET /api/v2/workspaces/:id/relationships/remote-state-consumers",
      answer: ({ parameters }) => {
        const { consumers } = workspaceById(context, parameters.id);
        return {
          document: listDocument(consumers.map((id) => workspaceDocument(context, workspaceById(context, id)))),
        };
      },
    },
    ...CHANGES.map(([method, changed]): Route => ({
      call: `${method} /api/v2/workspaces/:id/relationships/remote-state-consumers`,
      answer: ({ parameters, caller, json }) => {
        requireUser(caller);
        const { id, consumers } = workspaceById(context, parameters.id);
        const sent = sentList(json()).map((reference) => workspaceById(context, reference.id).id);
        store.change("workspaces", id, { consumers: changed(consumers, sent) });
        return { status: 204 };
      },
    })),
  ];
}
