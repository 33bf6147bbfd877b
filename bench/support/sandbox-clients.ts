import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { accountNamed } from "../../organization/organization";
import { MANAGEMENT_CREDENTIALS } from "../../sandbox/environment";
import type { Sandbox } from "../../sandbox/sandbox";
import { deploymentRoleArn } from "../../stacks/deployment-role";

/** Clients of one account, as a person in that account would use them. */
export interface ActorClients {
  readonly cloudTrail: CloudTrailClient;
  readonly cloudWatch: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sns: SNSClient;
}

/** Clients of an account in a region; its home region unless given. */
export async function clientsOf(sandbox: Sandbox, accountName: string, region?: string): Promise<ActorClients> {
  const { organization, endpoint } = sandbox;
  const config = {
    endpoint,
    region: region ?? organization.homeRegion,
    credentials: await credentialsOf(sandbox, accountName),
  };
  return {
    cloudTrail: new CloudTrailClient(config),
    cloudWatch: new CloudWatchClient(config),
    events: new EventBridgeClient(config),
    iam: new IAMClient(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    secrets: new SecretsManagerClient(config),
    sns: new SNSClient(config),
  };
}

async function credentialsOf(sandbox: Sandbox, accountName: string) {
  const { organization, endpoint } = sandbox;
  const RoleArn = deploymentRoleArn(organization, accountNamed(organization, accountName));
  if (RoleArn === undefined) return MANAGEMENT_CREDENTIALS;

  const sts = new STSClient({ endpoint, region: organization.homeRegion, credentials: MANAGEMENT_CREDENTIALS });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "e2e" }));
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}
