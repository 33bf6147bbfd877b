import { writeFile } from "../../../lib/support/write-file";

/** Variables of a run's Terraform. */
export type RunEnvironment = Readonly<Record<string, string>>;

/**
 * The variables by which the AWS provider gets credentials for one phase of a run, with a token that identifies it.
 * Source: HCP Terraform, "Use dynamic credentials with the AWS provider".
 *
 * @param file is written with the token
 * @param token the token for an audience; undefined: the usual one
 * @throws Error when a setting is missing
 */
export function awsCredentials(
  variables: RunEnvironment,
  phase: "plan" | "apply",
  { file, token }: { readonly file: string; readonly token: (audience: string | undefined) => string },
): RunEnvironment {
  if (variables.TFC_AWS_PROVIDER_AUTH !== "true") return {};
  const ofPhase = phase === "plan" ? variables.TFC_AWS_PLAN_ROLE_ARN : variables.TFC_AWS_APPLY_ROLE_ARN;
  const role = ofPhase ?? variables.TFC_AWS_RUN_ROLE_ARN;
  if (role === undefined)
    throw new Error("'TFC_AWS_PROVIDER_AUTH' is true, so 'TFC_AWS_RUN_ROLE_ARN' must name the role of the runs");
  writeFile(file, token(variables.TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE), { mode: 0o600 });
  return { AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: file };
}
