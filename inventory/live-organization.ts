import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { patient } from "../lib/aws/patient";
import type { AwsOrganization } from "./aws-organization";
import { type ReadOptions, readOrganization } from "./read-organization";

/** Organizations is one for all regions, and answers here. Source: AWS General Reference, AWS Organizations endpoints. */
const REGION = "us-east-1";
/** Everybody in an organization shares a few calls a second: what is refused for that is repeated, ever slower. */
const MAX_ATTEMPTS = 12;

/** Reads the organization that the usual AWS environment's credentials belong to: profile, SSO, variables, role. */
export async function readLiveOrganization(options: ReadOptions): Promise<AwsOrganization> {
  const settings = { region: REGION, retryMode: "adaptive", maxAttempts: MAX_ATTEMPTS };
  const client = patient(new OrganizationsClient(settings));
  try {
    return await readOrganization(client, options);
  } finally {
    client.destroy();
  }
}
