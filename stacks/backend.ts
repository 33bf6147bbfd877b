import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";
import { lockStateInS3 } from "../modules/escape-hatches";
import { accountNamed, type Organization } from "../organization/organization";
import { deploymentRoleArn } from "./deployment-role";
import { STATE_KEY_ALIAS } from "./names";
import { workspaceName } from "./workspace";

/** Gives a stack its own state, where `organization.yaml` says. There is no default. */
export function configureBackend(stack: TerraformStack, organization: Organization): void {
  const { state } = organization;
  const stackId = stack.node.id;

  switch (state.backend) {
    case "s3":
      new S3Backend(stack, s3BackendConfig(organization, state, stackId));
      lockStateInS3(stack);
      return;
    case "cloud":
      new CloudBackend(stack, {
        hostname: state.hostname,
        organization: state.organization,
        workspaces: new NamedCloudWorkspace(workspaceName(stackId), state.project),
      });
      return;
    case "local":
      // Relative to the stack's folder in cdktf.out, where Terraform runs; absolute paths would differ by machine.
      new LocalBackend(stack, { path: `../../../terraform.${stackId}.tfstate` });
  }
}

/** Where a stack's state lies in the state bucket. */
export function stateKey(stackId: string): string {
  return `trailwatch/${stackId}/terraform.tfstate`;
}

function s3BackendConfig(
  organization: Organization,
  state: Extract<Organization["state"], { backend: "s3" }>,
  stackId: string,
) {
  const owner = accountNamed(organization, state.account);
  const roleArn = deploymentRoleArn(organization, owner);
  const region = organization.homeRegion;
  return {
    bucket: state.bucket,
    key: stateKey(stackId),
    region,
    encrypt: true,
    // By alias, as the key's id is not known before it exists.
    kmsKeyId: `arn:aws:kms:${region}:${owner.id}:alias/${STATE_KEY_ALIAS}`,
    ...(roleArn === undefined ? {} : { assumeRole: { roleArn } }),
    ...(organization.localAws ? LOCAL_AWS_BACKEND : {}),
  };
}

/** A local AWS answers on one host name for all buckets, and knows no metadata service. */
const LOCAL_AWS_BACKEND = {
  usePathStyle: true,
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRequestingAccountId: true,
};
