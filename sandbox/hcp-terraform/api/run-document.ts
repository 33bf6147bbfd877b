import { type Context, objectUrl } from "../context";
import type { ResourceObject } from "../json-api";
import { positionOf } from "../runs/run-states";
import type { Phase, RunRecord, RunStatus } from "../runs/run-record";

/** In these states, a run can be confirmed. */
const CONFIRMABLE: readonly RunStatus[] = ["planned", "planned_and_saved"];
/** In these states, a run can be discarded. */
const DISCARDABLE: readonly RunStatus[] = ["pending", ...CONFIRMABLE];
/** In these states, a run can be canceled. */
const CANCELABLE: readonly RunStatus[] = [
  "pending",
  "plan_queued",
  "planning",
  "confirmed",
  "apply_queued",
  "applying",
];

/** What can be done with a run in its state. Source: HCP Terraform, "Runs API", actions. */
export function permittedActions({ status, isCanceling, planOnly }: RunRecord) {
  return {
    "is-confirmable": CONFIRMABLE.includes(status),
    "is-discardable": DISCARDABLE.includes(status) && !planOnly,
    "is-cancelable": CANCELABLE.includes(status) && !isCanceling,
    "is-force-cancelable": CANCELABLE.includes(status) && isCanceling,
  };
}

const PERMISSIONS = {
  ...{ "can-apply": true, "can-cancel": true, "can-comment": true, "can-discard": true },
  ...{ "can-force-execute": false, "can-force-cancel": true, "can-override-policy-check": false },
};

/** A run as the API returns it. */
export function runDocument(context: Context, run: RunRecord): ResourceObject {
  const { id, workspaceId, configurationVersionId, createdAt, status, timestamps, plan, apply } = run;
  return {
    ...{ id, type: "runs" },
    attributes: {
      ...{ "created-at": createdAt, status, "status-timestamps": timestamps, message: run.message },
      ...{ source: run.source, "auto-apply": run.autoApply, "plan-only": run.planOnly, "save-plan": run.savePlan },
      ...{ "is-destroy": run.isDestroy, refresh: run.refresh, "refresh-only": run.refreshOnly },
      ...{ "allow-empty-apply": run.allowEmptyApply, "target-addrs": run.targets, "replace-addrs": run.replaces },
      ...{ variables: run.variables, "has-changes": run.hasChanges, "terraform-version": null },
      ...{
        actions: permittedActions(run),
        permissions: PERMISSIONS,
        "position-in-queue": positionOf(context.store, id),
      },
    },
    relationships: {
      workspace: { data: { id: workspaceId, type: "workspaces" } },
      "configuration-version": { data: { id: configurationVersionId, type: "configuration-versions" } },
      plan: { data: { id: plan.id, type: "plans" } },
      apply: { data: { id: apply.id, type: "applies" } },
      // Neither policies nor cost estimation nor tasks: clients skip these steps.
      "cost-estimate": { data: null },
      "policy-checks": { data: [] },
      "task-stages": { data: [] },
    },
  };
}

/** The plan or the apply of a run, as the API returns it. */
export function phaseDocument(
  context: Context,
  type: "plans" | "applies",
  phase: Phase,
  run: RunRecord,
): ResourceObject {
  const { id, status, log, additions, changes, destructions } = phase;
  return {
    ...{ id, type },
    attributes: {
      ...{ status, "log-read-url": objectUrl(context, log), "has-changes": run.hasChanges },
      ...{ "resource-additions": additions, "resource-changes": changes, "resource-destructions": destructions },
      ...{ "resource-imports": 0, "status-timestamps": {}, "generated-configuration": false },
    },
  };
}
