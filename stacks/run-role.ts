import { accountNamed, type Organization } from "../organization/organization";

/** How CI enters, as far as HCP Terraform goes. */
interface Entry {
  readonly deployment?: { readonly account: string; readonly hcpTerraform: boolean };
}

/** Role of the account by which CI enters, to be assumed by HCP Terraform's runs. */
const RUN_ROLE = "trailwatch-ci-hcp-terraform";

/** ARN of the role as which HCP Terraform's runs enter AWS; undefined unless organization.yaml lets them deploy. */
export function runRoleArn(organization: Organization & Entry): string | undefined {
  const { deployment } = organization;
  if (deployment?.hcpTerraform !== true) return undefined;
  return `arn:aws:iam::${accountNamed(organization, deployment.account).id}:role/${RUN_ROLE}`;
}
