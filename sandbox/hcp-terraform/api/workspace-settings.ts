import { z } from "zod";

/** Sources: HCP Terraform, "Workspaces API", request body; `tfe_workspace`, arguments. */
const vcsRepo = z.strictObject({
  identifier: z.string().regex(/^[^/\s]+(\/[^/\s]+)+$/, "must be <owner>/<name>"),
  branch: z.string().nullish(),
  "oauth-token-id": z.string().optional(),
  "github-app-installation-id": z.string().optional(),
  "ingress-submodules": z.boolean().default(false),
  "tags-regex": z.string().nullish(),
});

const name = z.string().regex(/^[\w-]{1,90}$/, "must be 1 to 90 letters, digits, '-' or '_'");

const workingDirectory = z
  .string()
  .refine((path) => !path.split("/").includes(".."), "must be a folder inside the configuration")
  .nullable();

/** Settings that can be changed. `structured-run-output-enabled` is always false: the agent's logs are text. */
const settings = z.strictObject({
  name,
  description: z.string().nullable(),
  "auto-apply": z.boolean(),
  "execution-mode": z.enum(["remote", "local"]),
  "terraform-version": z.string().min(1),
  "working-directory": workingDirectory,
  "global-remote-state": z.boolean(),
  "queue-all-runs": z.boolean(),
  "speculative-enabled": z.boolean(),
  "assessments-enabled": z.boolean(),
  "allow-destroy-plan": z.boolean(),
  "file-triggers-enabled": z.boolean(),
  "trigger-patterns": z.array(z.string().min(1)),
  "structured-run-output-enabled": z.literal(false),
  "vcs-repo": vcsRepo.nullable(),
});

/** Changes of a workspace: any of the settings. */
export const workspaceChanges = settings.partial();

/** A new workspace: at least its name. */
export const newWorkspace = workspaceChanges.required({ name: true });

export type WorkspaceSettings = z.infer<typeof settings>;

/** What a new workspace has unless a request says otherwise. Source: HCP Terraform, "Workspaces API", defaults. */
export const DEFAULT_SETTINGS: Omit<WorkspaceSettings, "name"> = {
  description: null,
  "auto-apply": false,
  "execution-mode": "remote",
  "terraform-version": "1.11.4",
  "working-directory": "",
  "global-remote-state": false,
  "queue-all-runs": false,
  "speculative-enabled": true,
  "assessments-enabled": false,
  "allow-destroy-plan": true,
  "file-triggers-enabled": true,
  "trigger-patterns": [],
  "structured-run-output-enabled": false,
  "vcs-repo": null,
};
