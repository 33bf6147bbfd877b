import { globalRegions } from "../lib/aws/partitions";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { createClient } from "../lib/aws/client";
import type { AwsOrganization } from "./aws-organization";
import { type ReadOptions, readOrganization } from "./read-organization";

/** The whole organization shares a few calls a second: throttled calls are repeated with increasing delays. */
const MAX_ATTEMPTS = 12;

/** Organizations is a global service: its endpoint's region, in the partition of the AWS environment's region. */
async function endpointRegion(): Promise<string> {
  const client = createClient(OrganizationsClient);
  const chosen = await client.config.region().catch(() => undefined);
  client.destroy();
  return globalRegions(chosen ?? "us-east-1")[0];
}

/** Reads the organization of the credentials in the usual AWS environment: profile, SSO, variables, role. */
export async function readLiveOrganization(options: ReadOptions): Promise<AwsOrganization> {
  const client = createClient(OrganizationsClient, {
    region: await endpointRegion(),
    retryMode: "adaptive",
    maxAttempts: MAX_ATTEMPTS,
  });
  try {
    return await readOrganization(client, options);
  } finally {
    client.destroy();
  }
}
