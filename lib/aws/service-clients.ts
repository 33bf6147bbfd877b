import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createClient, type ClientClass, type ClientSettings } from "./client";

type SdkClient = Parameters<typeof createClient>[0] extends ClientClass<infer C> ? C : never;

/** Clients of one account in one region, each created on first use. */
export class ServiceClients {
  private readonly created = new Map<unknown, { destroy(): void }>();

  /** @param settings called for each client, so that a client may have connections of its own */
  constructor(private readonly settings: () => ClientSettings) {}

  public get cloudTrail(): CloudTrailClient {
    return this.client(CloudTrailClient);
  }

  public get cloudWatch(): CloudWatchClient {
    return this.client(CloudWatchClient);
  }

  public get dynamoDb(): DynamoDBClient {
    return this.client(DynamoDBClient);
  }

  public get events(): EventBridgeClient {
    return this.client(EventBridgeClient);
  }

  public get iam(): IAMClient {
    return this.client(IAMClient);
  }

  public get kms(): KMSClient {
    return this.client(KMSClient);
  }

  public get logs(): CloudWatchLogsClient {
    return this.client(CloudWatchLogsClient);
  }

  public get organizations(): OrganizationsClient {
    return this.client(OrganizationsClient);
  }

  public get s3(): S3Client {
    return this.client(S3Client);
  }

  public get scheduler(): SchedulerClient {
    return this.client(SchedulerClient);
  }

  public get secrets(): SecretsManagerClient {
    return this.client(SecretsManagerClient);
  }

  public get sfn(): SFNClient {
    return this.client(SFNClient);
  }

  public get sns(): SNSClient {
    return this.client(SNSClient);
  }

  public get sqs(): SQSClient {
    return this.client(SQSClient);
  }

  /** Closes all connections. */
  public destroy(): void {
    for (const client of this.created.values()) client.destroy();
    this.created.clear();
  }

  private client<C extends SdkClient & { destroy(): void }>(Client: ClientClass<C>): C {
    const client = (this.created.get(Client) as C | undefined) ?? createClient(Client, this.settings());
    this.created.set(Client, client);
    return client;
  }
}
