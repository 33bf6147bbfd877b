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
  const lines = [{ purpose: "Query it as the management account:", line: describe }];
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
