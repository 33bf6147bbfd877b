import { roleArn } from "../../lib/aws/partitions";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { createClient, LOCAL_AWS, type ClientSettings, type CredentialProvider } from "../../lib/aws/client";
import type { Account } from "../../organization/organization";
import { MANAGEMENT_CREDENTIALS } from "../environment";
import type { Sandbox } from "../sandbox";

/** Settings of clients that act as a principal. */
export interface ActorSession extends ClientSettings {
  readonly credentials: CredentialProvider;
}

/** Assumes a role of an account, as an application or a person does. */
export async function signIn(
  sandbox: Pick<Sandbox, "endpoint" | "organization">,
  account: Account,
  role: string,
  sessionName: string,
): Promise<ActorSession> {
  const { endpoint, organization } = sandbox;
  const connection = { ...LOCAL_AWS, endpoint, region: organization.homeRegion };
  const caller = { ...connection, credentials: MANAGEMENT_CREDENTIALS };
  const credentials = assumedRoleCredentials(roleArn(organization.homeRegion, account.id, role), sessionName, caller);
  await credentials();
  return { ...connection, credentials };
}

/** Reads a secret several times, without using its value. */
export async function readSecretRepeatedly(session: ActorSession, secret: string, times: number): Promise<void> {
  const client = createClient(SecretsManagerClient, session);
  try {
    for (let read = 0; read < times; read++) await client.send(new GetSecretValueCommand({ SecretId: secret }));
  } finally {
    client.destroy();
  }
}
