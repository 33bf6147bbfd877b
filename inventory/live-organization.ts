import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { createClient } from "../lib/aws/client";
import type { AwsOrganization } from "./aws-organization";
import { type ReadOptions, readOrganization } from "./read-organization";

/**
 * Organizations is a global service with its endpoint in this region. Source: AWS General Reference, AWS Organizations
 * endpoints.
 */
const REGION = "us-east-1";
/** The whole organization shares a few calls a second: throttled calls are repeated with increasing delays. */
const MAX_ATTEMPTS = 12;

/** Reads the organization of the credentials in the usual AWS environment: profile, SSO, variables, role. */
export async function readLiveOrganization(options: ReadOptions): Promise<AwsOrganization> {
  const client = createClient(OrganizationsClient, {
    region: REGION,
    retryMode: "adaptive",
    maxAttempts: MAX_ATTEMPTS,
  });
  try {
    return await readOrganization(client, options);
  } finally {
    client.destroy();
  }
}
