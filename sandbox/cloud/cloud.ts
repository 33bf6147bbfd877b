import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { failureText } from "../../lib/support/failure";
import { writeFile } from "../../lib/support/write-file";
import type { Organization } from "../../organization/organization";
import type { Changes } from "../apply-output";
import { type HcpTerraform, startHcpTerraform } from "../hcp-terraform/hcp-terraform";
import { RUNS_AT_A_TIME } from "../stack-runs";
import type { TerraformEnvironment } from "../terraform-environment";
import type { ApiAddress } from "./api-client";
import { CLOUD_NAMES, type CloudSettings } from "./cloud-settings";
import { trustedCertificates } from "./trusted-certificates";
import { createWorkspaces } from "./workspaces-from-json";

/** The stand-in for HCP Terraform as the sandbox uses it. */
export interface Cloud {
  readonly hcp: HcpTerraform;
  readonly api: ApiAddress;
  readonly settings: CloudSettings;
  /** Variables to add to the environment of cdktf and Terraform. */
  readonly variables: Readonly<Record<string, string>>;
  /** Creates what the synthesized stack `workspaces` describes. */
  readonly createWorkspaces: (outdir: string) => Promise<Changes>;
  readonly stop: () => Promise<void>;
}

export interface CloudOptions {
  readonly workFolder: string;
  /** The sandbox's environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly terraform: TerraformEnvironment;
  readonly report: (message: string) => void;
}

/** Credentials that only the user has: a run gets its own. */
const OF_USER = /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/;

/** Starts the stand-in, with an agent whose runs reach the local AWS without credentials of the user's. */
export async function openCloud(described: Organization, options: CloudOptions): Promise<Cloud> {
  const { workFolder, env, terraform, report } = options;
  const folder = join(workFolder, "hcp-terraform");
  const cliConfig = withoutCredentials(terraform.variables.TF_CLI_CONFIG_FILE ?? env.TF_CLI_CONFIG_FILE);
  const certificateFile = join(folder, "localhost.crt");
  const runs = Object.entries({ ...env, ...terraform.variables }).filter(([name]) => !OF_USER.test(name));
  const hcp = await startHcpTerraform({
    folder,
    organization: CLOUD_NAMES.organization,
    cliConfig,
    concurrency: RUNS_AT_A_TIME,
    env: { ...Object.fromEntries(runs), SSL_CERT_FILE: join(folder, "ssl_cert_file.pem") },
    onBug: (error) => {
      report(`internal error in the stand-in for HCP Terraform: ${failureText(error)}`);
    },
  });
  report(`a stand-in for HCP Terraform runs at ${hcp.url}`);
  const cliFile = join(folder, "terraform.tfrc");
  const credentials = `credentials "${hcp.hostname}" {\n  token = "${hcp.token}"\n}\n`;
  writeFile(cliFile, `${cliConfig}\n${credentials}`, { mode: 0o600 });
  const api = { url: hcp.url, token: hcp.token, certificate: readFileSync(certificateFile, "utf8") };
  const state = { backend: "cloud", hostname: hcp.hostname, ...CLOUD_NAMES } as const;
  return {
    ...{ hcp, api, stop: hcp.stop },
    settings: {
      entryAccount: described.accounts.find(({ role }) => role === "log-archive")?.name ?? "",
      state: { ...state, executionMode: "remote", manageWorkspaces: true },
    },
    variables: { TF_CLI_CONFIG_FILE: cliFile, ...trustedCertificates(hcp.certificateFile, folder, env) },
    createWorkspaces: (outdir) => createWorkspaces(api, CLOUD_NAMES.organization, outdir),
  };
}

/** The settings of Terraform's CLI in a file, without tokens of other hosts. */
function withoutCredentials(file: string | undefined): string {
  if (file === undefined || !existsSync(file)) return "";
  return readFileSync(file, "utf8").replace(/^\s*credentials(_helper)?\s+"[^"]*"\s*\{[^}]*\}/gm, "");
}
