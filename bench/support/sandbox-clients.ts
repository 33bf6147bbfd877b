import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { LOCAL_AWS } from "../../lib/aws/client";
import { ServiceClients } from "../../lib/aws/service-clients";
import { accountNamed } from "../../organization/organization";
import { MANAGEMENT_CREDENTIALS } from "../../sandbox/environment";
import type { Sandbox } from "../../sandbox/sandbox";
import { deploymentRoleArn } from "../../stacks/deployment-role";

/** Clients of an account in a region, as a person in that account would use them; its home region unless given. */
export async function clientsOf(sandbox: Sandbox, accountName: string, region?: string): Promise<ServiceClients> {
  const { organization, endpoint } = sandbox;
  const home = { ...LOCAL_AWS, endpoint, region: organization.homeRegion, credentials: MANAGEMENT_CREDENTIALS };
  const role = deploymentRoleArn(organization, accountNamed(organization, accountName));
  const credentials = role === undefined ? MANAGEMENT_CREDENTIALS : await assumedRoleCredentials(role, "e2e", home)();
  return new ServiceClients(() => ({ ...home, region: region ?? home.region, credentials }));
}
