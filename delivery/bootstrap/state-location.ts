import { HeadBucketCommand, HeadObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { explainAwsError } from "../../lib/aws/aws-errors";
import { createClient, type ClientSettings } from "../../lib/aws/client";
import { accountNamed, type Organization } from "../../organization/organization";
import type { OwnState, StatePlace } from "../../organization/resolve/state";
import { deploymentRoleArn } from "../../stacks/deployment-role";

/** What the state bucket holds for a stack. */
export type StateLocation = "no bucket" | "no state" | "state";

export interface StateLocationQuery {
  readonly organization: Organization;
  readonly state: OwnState;
  readonly key: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Checks in S3 whether a stack's state exists, with the credentials that the S3 backend would use. */
export async function locateState(query: StateLocationQuery): Promise<StateLocation> {
  const { organization, state, key, env } = query;
  const place = { account: state.account, region: organization.homeRegion };
  const s3 = createClient(S3Client, bucketClientSettings(organization, place, env));
  const bucket = { Bucket: state.bucket };
  if (!(await exists(`bucket '${state.bucket}'`, () => s3.send(new HeadBucketCommand(bucket))))) return "no bucket";
  if (!(await exists(`object '${key}'`, () => s3.send(new HeadObjectCommand({ ...bucket, Key: key })))))
    return "no state";
  return "state";
}

async function exists(what: string, head: () => Promise<unknown>): Promise<boolean> {
  try {
    await head();
    return true;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) {
      throw new Error(`S3 was not asked for ${what}: ${explainAwsError(error)}`, { cause: error });
    }
    const status = error.$metadata.httpStatusCode;
    if (status === 404) return false;
    // A HEAD response has no body, so the SDK only knows the status code.
    throw new Error(
      `S3 must let the deployment role read ${what}, got 'HTTP ${status ?? "no answer"}'. ` +
        "403: the name is taken by another account, or the role or the bucket's policy does not allow it.",
      { cause: error },
    );
  }
}

/** Settings of clients with the credentials that the S3 backend would use. */
export function bucketClientSettings(
  organization: Organization,
  { account, region }: Pick<StatePlace, "account" | "region">,
  env: NodeJS.ProcessEnv,
): ClientSettings {
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  const caller = {
    region,
    endpoint,
    // Otherwise the SDK's own chain: profile, SSO, container or instance role.
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey, sessionToken } }),
  };
  const role = deploymentRoleArn(organization, accountNamed(organization, account));
  return {
    ...caller,
    forcePathStyle: organization.localAws,
    ...(role === undefined ? {} : { credentials: assumedRoleCredentials(role, "trailwatch-bootstrap", caller) }),
  };
}
