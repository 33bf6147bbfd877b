import type { Agent } from "node:http";
import { patient } from "./patient";
import { patienceFrom, type Patience } from "./patience";

/** Credentials in the form that the AWS SDK takes. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Returns credentials and renews them before they expire. */
export type CredentialProvider = () => Promise<AwsCredentials>;

/** Settings of AWS SDK clients. What is left out comes from the AWS environment. */
export interface ClientSettings {
  readonly region?: string;
  readonly credentials?: AwsCredentials | CredentialProvider;
  readonly endpoint?: string;
  /** With "adaptive", the client slows down when AWS throttles it. */
  readonly retryMode?: "standard" | "adaptive";
  /** Attempts before an error that can be retried, such as throttling, is thrown. */
  readonly maxAttempts?: number;
  /** Use path-style bucket addresses, as a local AWS requires. S3 only. */
  readonly forcePathStyle?: boolean;
  /** Continue in the bucket's region when it is another than the client's. S3 only. */
  readonly followRegionRedirects?: boolean;
  readonly disableRequestCompression?: boolean;
  /** Options of the SDK's HTTP handler. */
  readonly requestHandler?: { readonly httpAgent: Agent };
  /**
   * Timeouts and retries of calls without an answer. "none": wait forever, as the SDK does by default.
   *
   * @default - those of `TRAILWATCH_AWS_TIMEOUT`, or of patience.ts
   */
  readonly timeLimits?: Patience | "none";
}

/** Settings for a local AWS, which is slow under load: calls to it have no time limits. */
export const LOCAL_AWS = { forcePathStyle: true, timeLimits: "none" } as const;

/** Constructor of an AWS SDK client. */
export type ClientClass<C> = new (config: Omit<ClientSettings, "timeLimits">) => C;

/**
 * Creates a client of the AWS SDK. All clients are created here, so that all get time limits.
 *
 * The class is a parameter: loading the SDK of a service is slow, and a caller may load it on first use.
 */
export function createClient<C extends Parameters<typeof patient>[0]>(
  Client: ClientClass<C>,
  { timeLimits = patienceFrom(), ...config }: ClientSettings = {},
): C {
  // The SDK writes into credentials.
  const credentials = typeof config.credentials === "object" ? { ...config.credentials } : config.credentials;
  const client = new Client({ ...config, ...(credentials === undefined ? {} : { credentials }) });
  return timeLimits === "none" ? client : patient(client, timeLimits);
}
