import type { Context } from "../context";
import type { Reference, ResourceObject } from "../json-api";
import type { WorkspaceRecord } from "../records";
import { currentRunOf } from "../runs/run-states";

const PERMISSIONS = Object.fromEntries(
  [
    ...["destroy", "force-unlock", "lock", "queue-apply", "queue-destroy", "queue-run", "read-settings"],
    ...["read-state-versions", "create-state-versions", "read-variable", "unlock", "update", "update-variable"],
    ...["read-assessment-result", "force-delete"],
  ].map((name) => [`can-${name}`, true]),
);

/** A workspace as the API returns it. Source: HCP Terraform, "Workspaces API". */
export function workspaceDocument(context: Context, workspace: WorkspaceRecord): ResourceObject {
  const { organization, store } = context;
  const { id, createdAt, projectId, settings, tags, lock, configurationVersionId } = workspace;
  const stateVersion = currentStateVersion(context, id);
  const assessment = store
    .all("assessments")
    .filter(({ workspaceId }) => workspaceId === id)
    .at(-1);
  const related = (type: string, related?: string): { data: Reference | null } => ({
    data: related === undefined ? null : { id: related, type },
  });
  return {
    ...{ id, type: "workspaces" },
    attributes: {
      ...settings,
      "created-at": createdAt,
      "updated-at": createdAt,
      environment: "default",
      locked: lock !== undefined,
      "locked-reason": lock?.reason ?? "",
      operations: settings["execution-mode"] === "remote",
      actions: { "is-destroyable": true },
      permissions: PERMISSIONS,
      "tag-names": Object.keys(tags).sort(),
      "resource-count": 0,
      source: "tfe-api",
      "trigger-prefixes": [],
      "vcs-repo": settings["vcs-repo"] && {
        ...settings["vcs-repo"],
        "display-identifier": settings["vcs-repo"].identifier,
      },
    },
    relationships: {
      organization: related("organizations", organization),
      project: related("projects", projectId),
      "current-run": related("runs", currentRunOf(store, id)?.id),
      "current-state-version": related("state-versions", stateVersion?.id),
      "current-configuration-version": related("configuration-versions", configurationVersionId),
      "current-assessment-result": related("assessment-results", assessment?.id),
      "locked-by": { data: lock === undefined ? null : { id: lock.id, type: lock.by } },
    },
    links: { self: `/api/v2/organizations/${organization}/workspaces/${settings.name}` },
  };
}

/** The newest uploaded state of a workspace; undefined before the first. */
export function currentStateVersion({ store }: Pick<Context, "store">, workspaceId: string) {
  return store
    .all("stateVersions")
    .filter((version) => version.workspaceId === workspaceId && version.status === "finalized")
    .at(-1);
}
