import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Account } from "../../organization/organization";
import { MANAGEMENT_CREDENTIALS } from "../environment";
import type { Sandbox } from "../sandbox";

/** What an SDK client needs to act as a principal. */
export interface ActorSession {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** Assumes a role of an account, as an application or a person does. */
export async function signIn(
  sandbox: Sandbox,
  account: Account,
  role: string,
  sessionName: string,
): Promise<ActorSession> {
  const { endpoint, organization } = sandbox;
  const region = organization.homeRegion;
  const sts = new STSClient({ endpoint, region, credentials: MANAGEMENT_CREDENTIALS });
  try {
    const answer = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account.id}:role/${role}`, RoleSessionName: sessionName }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return { endpoint, region, credentials };
  } finally {
    sts.destroy();
  }
}

/** Reads a secret several times, without using its value. */
export async function readSecretRepeatedly(session: ActorSession, secret: string, times: number): Promise<void> {
  const client = new SecretsManagerClient(session);
  try {
    for (let read = 0; read < times; read++) await client.send(new GetSecretValueCommand({ SecretId: secret }));
  } finally {
    client.destroy();
  }
}
