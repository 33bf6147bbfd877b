import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { LOCAL_AWS } from "../../lib/aws/client";
import { runProgram } from "../../lib/support/run-program";
import { showStatus } from "../../lib/support/status-line";
import type { Account } from "../../organization/organization";
import { MANAGEMENT_CREDENTIALS } from "../../sandbox/environment";
import type { Sandbox } from "../../sandbox/sandbox";
import { deploymentRoleArn } from "../../stacks/deployment-role";
import type { Finding } from "../compare";
import { prowlerFindings } from "./prowler-results";
import { resultOf } from "./result-of";

/** The services of AWS whose checks run. */
export const PROWLER_SERVICES = ["cloudtrail", "cloudwatch", "kms", "s3", "secretsmanager", "sns"] as const;

/** Where Prowler writes, and what ends it. */
interface ProwlerRun {
  readonly workFolder: string;
  readonly signal: AbortSignal;
}

/** Runs Prowler in each account of a sandbox, in the home region: boto3 sends all calls to `AWS_ENDPOINT_URL`. */
export async function runProwler(
  bin: string,
  sandbox: Sandbox,
  { workFolder, signal }: ProwlerRun,
): Promise<Finding[]> {
  const output = join(workFolder, "prowler-output");
  rmSync(output, { recursive: true, force: true });
  const findings: Finding[] = [];
  for (const account of sandbox.organization.accounts) {
    findings.push(...(await scanAccount(bin, sandbox, account, { output, signal })));
  }
  return findings;
}

async function scanAccount(
  bin: string,
  sandbox: Sandbox,
  account: Account,
  { output, signal }: { readonly output: string; readonly signal: AbortSignal },
): Promise<Finding[]> {
  const env = await environmentOf(sandbox, account);
  const { name } = account;
  const status = showStatus((elapsed) => `prowler: checking account '${name}' (${Math.round(elapsed / 1000)} s) ...`);
  try {
    const args = ["aws", "--services", ...PROWLER_SERVICES, "--region", sandbox.organization.homeRegion];
    const form = ["--output-formats", "json-ocsf", "--output-directory", output, "--output-filename", name];
    const options = ["--ignore-exit-code-3", "--no-banner", "--no-color", "--log-level", "ERROR"];
    const end = await runProgram(join(bin, "prowler"), [...args, ...form, ...options], { env, signal });
    const report = resultOf("prowler", { ...end, stdout: written(join(output, `${name}.ocsf.json`)) });
    return prowlerFindings(report, account);
  } finally {
    status.stop();
  }
}

/** Empty if Prowler wrote no file: it failed then. */
function written(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function environmentOf({ organization, endpoint, env }: Sandbox, account: Account): Promise<NodeJS.ProcessEnv> {
  const role = deploymentRoleArn(organization, account);
  if (role === undefined) return env;
  const caller = { ...LOCAL_AWS, endpoint, region: organization.homeRegion, credentials: MANAGEMENT_CREDENTIALS };
  const { accessKeyId, secretAccessKey, sessionToken } = await assumedRoleCredentials(role, "scan", caller)();
  return {
    ...env,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}
