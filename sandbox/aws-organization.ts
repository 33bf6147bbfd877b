import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { roleNameOf } from "../lib/naming/role-names";
import { createClient, LOCAL_AWS } from "../lib/aws/client";
import type { Account, Organization } from "../organization/organization";
import type { NewIds } from "./accounts-copy";

/** Without trusted access CloudTrail refuses an organization trail. */
const TRUSTED_SERVICE = "cloudtrail.amazonaws.com";

/** Endpoint and credentials of the local AWS. */
export interface LocalAws {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Creates an organization and its accounts through the AWS API. Returns the ids that replace the described ones. */
export async function createOrganization(described: Organization, aws: LocalAws): Promise<NewIds> {
  const sts = createClient(STSClient, { ...LOCAL_AWS, ...aws });
  const organizations = createClient(OrganizationsClient, { ...LOCAL_AWS, ...aws });
  try {
    const { Account: managementId } = await sts.send(new GetCallerIdentityCommand());
    const created = await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));

    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: TRUSTED_SERVICE }));

    const newIds = new Map([[described.id, given("organization id", created.Organization?.Id)]]);
    for (const account of described.accounts) {
      const id =
        account.role === "management"
          ? given("management account id", managementId)
          : await createAccount(organizations, account, roleNameOf(described.deploymentRole));
      newIds.set(account.id, id);
    }
    return newIds;
  } finally {
    sts.destroy();
    organizations.destroy();
  }
}

/** Accounts are created one at a time, as AWS requires, and in the background. */
async function createAccount(client: OrganizationsClient, { name }: Account, roleName: string): Promise<string> {
  const { CreateAccountStatus: begun } = await client.send(
    new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com`, RoleName: roleName }),
  );
  let status = begun;
  while (status?.State === "IN_PROGRESS") {
    await sleep(500);
    const answer = await client.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: status.Id }));
    status = answer.CreateAccountStatus;
  }
  if (status?.State === "FAILED") throw new Error(`account '${name}' was not created: ${status.FailureReason ?? ""}`);
  return given(`id of account '${name}'`, status?.AccountId);
}

function given(what: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`the local AWS returned no ${what}`);
  return value;
}
