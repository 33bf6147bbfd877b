import { writeFile } from "../lib/support/write-file";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Variables of Terraform that would change where state goes, or how every command runs. */
const TERRAFORM_OWN = /^TF_(WORKSPACE|DATA_DIR|CLI_ARGS.*|VAR_.*)$/;

/** The management account's credentials in the sandbox: the local AWS accepts any. */
export const MANAGEMENT_CREDENTIALS = { accessKeyId: "AKIATRAILWATCHSANDBX", secretAccessKey: "sandbox" } as const;

/** What a sandbox's environment is created from. */
export interface EnvironmentOptions {
  /** The user's environment. Variables that are not about AWS are kept. */
  readonly env: NodeJS.ProcessEnv;
  readonly endpoint: string;
  readonly region: string;
  readonly accountsFolder: string;
  readonly workFolder: string;
}

/** The environment in which Terraform, the AWS CLI and the SDKs reach only the sandbox. */
export function sandboxEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
  const { endpoint, region, accountsFolder, workFolder } = options;
  return {
    ...withoutOwnSettings(options.env),
    AWS_ACCESS_KEY_ID: MANAGEMENT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: MANAGEMENT_CREDENTIALS.secretAccessKey,
    AWS_REGION: region,
    // AWS CLI version 1 reads this variable only.
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    // Terraform's S3 backend reads the endpoint of each service that it calls.
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ENDPOINT_URL_IAM: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    // The user's own profiles may name endpoints, roles and regions.
    AWS_CONFIG_FILE: emptyFile(workFolder, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: emptyFile(workFolder, "aws-credentials"),
    // cdktf keeps a telemetry id in the home directory otherwise.
    CDKTF_HOME: join(workFolder, "cdktf-home"),
    TRAILWATCH_ACCOUNTS: accountsFolder,
  };
}

/** An environment without the user's AWS account and Terraform workspace. */
export function withoutOwnSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith("AWS_") && !TERRAFORM_OWN.test(name)),
  );
}

function emptyFile(folder: string, name: string): string {
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFile(file, "");
  return file;
}
