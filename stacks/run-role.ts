import { accountNamed, type Organization } from "../organization/organization";
import type { EntryRoleName } from "./names";

/** Role of the account by which CI enters, to be assumed by HCP Terraform's runs; `deployment-roles-…` creates it. */
const RUN_ROLE: EntryRoleName = "trailwatch-ci-hcp-terraform";

/** ARN of the role with which HCP Terraform's runs enter AWS; undefined unless organization.yaml lets them deploy. */
export function runRoleArn(organization: Organization): string | undefined {
  const { deployment } = organization;
  if (deployment?.hcpTerraform !== true) return undefined;
  return `arn:aws:iam::${accountNamed(organization, deployment.account).id}:role/${RUN_ROLE}`;
}
