import { checkOrganization, type Context, ORGANIZATION_ID } from "../context";
import { listDocument, type ResourceObject } from "../json-api";
import type { Route } from "../route";
import { runDocument } from "./run-document";
import { positionOf } from "../runs/run-states";

/** The features that an organization may use: what the stand-in offers. */
const ENTITLEMENTS = {
  ...{ agents: false, "audit-logging": false, "cost-estimation": false, "global-run-tasks": false, operations: true },
  ...{ "private-module-registry": false, "run-tasks": false, sentinel: false, sso: false, "state-storage": true },
  ...{ teams: false, "vcs-integrations": true },
};

/** Source: HCP Terraform, "Organizations API". */
export function organizationRoutes(context: Context): Route[] {
  const { organization, store, queue } = context;
  const document = (): ResourceObject => ({
    ...{ id: organization, type: "organizations" },
    attributes: {
      ...{ name: organization, "external-id": ORGANIZATION_ID, "default-execution-mode": "remote" },
      permissions: { "can-create-workspace": true, "can-update": true, "can-traverse": true },
    },
  });
  return [
    { call: "GET /api/v2/organizations", answer: () => ({ document: listDocument([document()]) }) },
    {
      call: "GET /api/v2/organizations/:organization",
      answer: ({ parameters }) => {
        checkOrganization(context, parameters.organization);
        return { document: { data: document() } };
      },
    },
    {
      call: "GET /api/v2/organizations/:organization/entitlement-set",
      answer: ({ parameters }) => {
        checkOrganization(context, parameters.organization);
        return { document: { data: { id: ORGANIZATION_ID, type: "entitlement-sets", attributes: ENTITLEMENTS } } };
      },
    },
    {
      call: "GET /api/v2/organizations/:organization/runs/queue",
      answer: ({ parameters }) => {
        checkOrganization(context, parameters.organization);
        const waiting = store.all("runs").filter(({ id }) => positionOf(store, id) > 0);
        return { document: listDocument(waiting.map((run) => runDocument(context, run))) };
      },
    },
    {
      call: "GET /api/v2/organizations/:organization/capacity",
      answer: ({ parameters }) => {
        checkOrganization(context, parameters.organization);
        const pending = store.all("runs").filter(({ status }) => status === "pending").length;
        const attributes = { pending, running: queue.running };
        return { document: { data: { id: organization, type: "organization-capacity", attributes } } };
      },
    },
  ];
}
