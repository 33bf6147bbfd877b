import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { patient } from "../../lib/aws/patient";

/** Credentials as the AWS SDK takes them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Clients of one account in one region. */
export interface Clients {
  readonly cloudTrail: CloudTrailClient;
  readonly cloudWatch: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly organizations: OrganizationsClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

export interface ClientOptions {
  readonly region: string;
  /**
   * The credentials for the calls.
   *
   * @default - the caller's own, from the AWS environment
   */
  readonly credentials?: Credentials;
  /** Use path-style bucket addresses, as a local AWS requires. */
  readonly forcePathStyle: boolean;
  /**
   * The endpoint of the calls.
   *
   * @default - `AWS_ENDPOINT_URL`, or AWS
   */
  readonly endpoint?: string;
}

/** Attempts before throttling counts as an answer; `AWS_MAX_ATTEMPTS` takes precedence. */
const MAX_ATTEMPTS = 8;

/** Settings that all SDK clients share: retries that slow down with AWS's own limits. */
export function retries(): { readonly retryMode: "adaptive"; readonly maxAttempts: number } {
  return { retryMode: "adaptive", maxAttempts: Number(process.env.AWS_MAX_ATTEMPTS ?? MAX_ATTEMPTS) };
}

export function createClients({ forcePathStyle, ...options }: ClientOptions): Clients {
  const config = { ...options, ...retries() };
  return {
    cloudTrail: patient(new CloudTrailClient(config)),
    cloudWatch: patient(new CloudWatchClient(config)),
    events: patient(new EventBridgeClient(config)),
    iam: patient(new IAMClient(config)),
    kms: patient(new KMSClient(config)),
    logs: patient(new CloudWatchLogsClient(config)),
    organizations: patient(new OrganizationsClient(config)),
    // A bucket in another region than expected still exists.
    s3: patient(new S3Client({ ...config, forcePathStyle, followRegionRedirects: true })),
    secrets: patient(new SecretsManagerClient(config)),
    sfn: patient(new SFNClient(config)),
    sns: patient(new SNSClient(config)),
    sqs: patient(new SQSClient(config)),
  };
}
