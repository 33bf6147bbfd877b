import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { MANAGEMENT_CREDENTIALS } from "./environment";
import type { Sandbox } from "./sandbox";
import { watchedSecretOf } from "./scenarios/watched-secret";
import { awsCommandLine } from "./summary";

/** A command line for another terminal, and what it is good for. */
export interface LineToTry {
  readonly purpose: string;
  readonly line: string;
}

/** What a person may try by hand against a sandbox. */
export async function linesToTry(sandbox: Sandbox): Promise<LineToTry[]> {
  const describe = awsCommandLine(sandbox.env, "cloudtrail describe-trails");
  const lines = [{ purpose: "Ask it something, as the management account:", line: describe }];
  try {
    const { account, secret, threshold } = watchedSecretOf(sandbox.organization);
    const env = await sessionEnvironment(sandbox, account.id);
    lines.unshift({
      purpose: `Raise the alarm by hand, in another terminal: in ${account.name}, ${threshold} reads within its period.`,
      line: awsCommandLine(env, `secretsmanager get-secret-value --secret-id ${secret} --query Name`),
    });
  } catch {
    // An organization that watches no secret of its own has no such line.
  }
  return lines;
}

/** A session of a developer, as environment variables. */
async function sessionEnvironment({ endpoint, env }: Sandbox, account: string): Promise<NodeJS.ProcessEnv> {
  const sts = new STSClient({ endpoint, region: "us-east-1", credentials: MANAGEMENT_CREDENTIALS });
  try {
    const RoleArn = `arn:aws:iam::${account}:role/Developer`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "you" }));
    return {
      ...env,
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials?.SessionToken,
    };
  } finally {
    sts.destroy();
  }
}
