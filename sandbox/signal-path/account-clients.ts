import { Agent } from "node:http";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** Clients of one account in one region. */
export interface RegionClients {
  readonly cloudTrail: CloudTrailClient;
  readonly cloudWatch: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

/** The socket of the local AWS, and credentials that can assume roles in any of its accounts. */
export interface LocalAccounts {
  /** Socket of the local AWS itself, not of the proxy: AWS's internal calls are not user calls and leave no record. */
  readonly socketPath: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The local AWS has every role. */
const ROLE = "OrganizationAccountAccessRole";
const STS_REGION = "us-east-1";

/** Clients of the local AWS, created on first use. */
export class AccountClients {
  private readonly made = new Map<string, RegionClients>();
  private readonly credentials = new Map<string, () => Promise<Credentials>>();

  constructor(private readonly local: LocalAccounts) {}

  public of(account: string, region: string): RegionClients {
    const key = `${account}/${region}`;
    const clients = this.made.get(key) ?? this.make(account, region);
    this.made.set(key, clients);
    return clients;
  }

  /** Closes all connections. */
  public destroy(): void {
    for (const clients of this.made.values()) {
      for (const client of Object.values(clients) as { destroy(): void }[]) client.destroy();
    }
    this.made.clear();
  }

  private make(account: string, region: string): RegionClients {
    const config = () => ({ ...this.connection(), region, credentials: this.credentialsOf(account) });
    return {
      cloudTrail: new CloudTrailClient(config()),
      // The SDK compresses long lists of values, which moto 5.2.1 unpacks twice: it fails.
      cloudWatch: new CloudWatchClient({ ...config(), disableRequestCompression: true }),
      events: new EventBridgeClient(config()),
      kms: new KMSClient(config()),
      logs: new CloudWatchLogsClient(config()),
      s3: new S3Client({ ...config(), forcePathStyle: true }),
      sfn: new SFNClient(config()),
      sns: new SNSClient(config()),
      sqs: new SQSClient(config()),
    };
  }

  /** A client closes all connections of its agent when it ends, so each client has its own agent. */
  private connection() {
    // An agent also accepts the options of a socket, which its type does not list.
    const options = { keepAlive: true, maxSockets: 50, socketPath: this.local.socketPath };
    return { endpoint: "http://127.0.0.1", requestHandler: { httpAgent: new Agent(options) } };
  }

  /** One session for all clients of an account. */
  private credentialsOf(account: string): () => Promise<Credentials> {
    const known = this.credentials.get(account);
    if (known !== undefined) return known;
    let session: Promise<Credentials> | undefined;
    const provider = (): Promise<Credentials> => (session ??= this.assumeRole(account));
    this.credentials.set(account, provider);
    return provider;
  }

  private async assumeRole(account: string): Promise<Credentials> {
    const sts = new STSClient({ ...this.connection(), region: STS_REGION, credentials: this.local.credentials });
    try {
      const RoleArn = `arn:aws:iam::${account}:role/${ROLE}`;
      const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "aws-internal" }));
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
      // Without an expiration the SDK gets them once; the local AWS does not end sessions.
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    } finally {
      sts.destroy();
    }
  }
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}
