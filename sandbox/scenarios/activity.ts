import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createClient } from "../../lib/aws/client";
import type { ActorSession } from "./session";

/** The everyday calls of any account: a dashboard, an inventory, a person who looks around. They raise no alarm. */
export function everydayCalls(session: ActorSession): (() => Promise<unknown>)[] {
  const cloudWatch = createClient(CloudWatchClient, session);
  const logs = createClient(CloudWatchLogsClient, session);
  const s3 = createClient(S3Client, session);
  const secrets = createClient(SecretsManagerClient, session);
  return [
    () => cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 10 })),
    () => logs.send(new DescribeLogGroupsCommand({ limit: 10 })),
    () => s3.send(new ListBucketsCommand({})),
    () => secrets.send(new ListSecretsCommand({})),
  ];
}
