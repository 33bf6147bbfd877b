import { join } from "node:path";
import { LOG_ARCHIVE_STACK } from "../lib/naming/stack-ids";
import type { Sandbox } from "./sandbox";
import { signIn } from "./scenarios/session";
import { findWatchedSecret } from "./scenarios/watched-secret";
import { awsCommandLine } from "./summary";

/** A command line for another terminal, and its purpose. */
export interface LineToTry {
  readonly purpose: string;
  readonly line: string;
}

/** Commands that a person can try against a sandbox. */
export async function linesToTry(sandbox: Sandbox): Promise<LineToTry[]> {
  const describe = awsCommandLine(sandbox.env, "cloudtrail describe-trails");
  const lines = [{ purpose: "Query it as the management account:", line: describe }, ...cloudLines(sandbox)];
  const watched = findWatchedSecret(sandbox.organization);
  if (watched === undefined) return lines;

  const { account, secret, threshold } = watched;
  const session = await signIn(sandbox, account, "Developer", "you");
  const credentials = await session.credentials();
  const env = {
    ...sandbox.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
  return [
    {
      purpose: `To raise the alarm, run this ${threshold} times within its period, in another terminal (account ${account.name}):`,
      line: awsCommandLine(env, `secretsmanager get-secret-value --secret-id ${secret} --query Name`),
    },
    ...lines,
  ];
}

/** How to plan a stack in the stand-in for HCP Terraform, as its user. */
function cloudLines({ cloud, workFolder }: Sandbox): LineToTry[] {
  if (cloud === undefined) return [];
  const { TF_CLI_CONFIG_FILE = "", SSL_CERT_FILE = "" } = cloud.variables;
  const folder = join(workFolder, "cdktf.out", "stacks", LOG_ARCHIVE_STACK);
  const env = `TF_CLI_CONFIG_FILE=${shellWord(TF_CLI_CONFIG_FILE)} SSL_CERT_FILE=${shellWord(SSL_CERT_FILE)}`;
  const line = `${env} terraform -chdir=${shellWord(folder)} plan`;
  return [{ purpose: "Plan a stack in HCP Terraform's stand-in:", line }];
}

/** A word of a command line, in quotes where a shell would split or replace it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
