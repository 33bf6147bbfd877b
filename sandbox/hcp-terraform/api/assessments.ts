import { requireUser } from "../tokens";
import { type Context, workspaceById } from "../context";
import { notFound, type ResourceObject } from "../json-api";
import type { Assessment } from "../records";
import type { Route } from "../route";

/**
 * Results of health assessments: whether the resources differ from the state.
 * Source: HCP Terraform, "Assessment results API".
 */
export function assessmentRoutes(context: Context): Route[] {
  const { store } = context;
  const document = ({ id, createdAt, drifted, succeeded, error }: Assessment): ResourceObject => ({
    ...{ id, type: "assessment-results" },
    attributes: { drifted, succeeded, "error-msg": error, "created-at": createdAt },
  });
  return [
    {
      call: "GET /api/v2/workspaces/:id/current-assessment-result",
      answer: ({ parameters, caller }) => {
        requireUser(caller);
        const { id, settings } = workspaceById(context, parameters.id);
        const newest = store
          .all("assessments")
          .filter(({ workspaceId }) => workspaceId === id)
          .at(-1);
        if (newest === undefined) throw notFound(`an assessment of workspace '${settings.name}'`);
        return { document: { data: document(newest) } };
      },
    },
    {
      call: "GET /api/v2/assessment-results/:id",
      answer: ({ parameters: { id = "" }, caller }) => {
        requireUser(caller);
        const found = store.find("assessments", id);
        if (found === undefined) throw notFound(`assessment result '${id}'`);
        return { document: { data: document(found) } };
      },
    },
  ];
}
