import type { WorkspaceRecord } from "../records";
import type { RunRecord } from "../runs/run-record";

/** Audience that HCP Terraform's tokens for AWS name by default. */
const AUDIENCE = "aws.workload.identity";
/** The tokens are valid for two hours. */
const SECONDS = 2 * 60 * 60;

/** What a token identifies. */
export interface Identified {
  readonly url: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly project: { readonly id: string; readonly name: string };
  readonly workspace: WorkspaceRecord;
  readonly run: RunRecord;
  readonly phase: "plan" | "apply";
  readonly audience?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The claims of a run's workload identity token.
 * Source: HCP Terraform, "Workload identity tokens", token structure.
 */
export function workloadIdentityClaims(identified: Identified): Readonly<Record<string, unknown>> {
  const { url, organization, project, workspace, run, phase, audience = AUDIENCE, now } = identified;
  const { name } = workspace.settings;
  const full = `organization:${organization.name}:project:${project.name}:workspace:${name}`;
  const issuedAt = Math.floor(now / 1000);
  return {
    iss: url,
    aud: audience,
    sub: `${full}:run_phase:${phase}`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + SECONDS,
    terraform_organization_id: organization.id,
    terraform_organization_name: organization.name,
    terraform_project_id: project.id,
    terraform_project_name: project.name,
    terraform_workspace_id: workspace.id,
    terraform_workspace_name: name,
    terraform_full_workspace: full,
    terraform_run_id: run.id,
    terraform_run_phase: phase,
  };
}
