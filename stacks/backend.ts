import { ownNames } from "../lib/naming/own-names";
import { arn } from "../lib/aws/partitions";
import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";
import type { StateBackendId } from "../lib/naming/state-backends";
import { lockStateInS3 } from "../modules/escape-hatches";
import { accountNamed, type Organization } from "../organization/organization";
import { keyChoiceOf } from "../organization/resolve/keys";
import { statePlaceOf, type StatePlace } from "../organization/resolve/state";
import type { StateBackend } from "../organization/schema/schema";
import { deploymentRoleArn } from "./deployment-role";

/** Configures a stack's own state as set in `organization.yaml`. There is no default. */
export function configureBackend(stack: TerraformStack, organization: Organization): void {
  configure(stack, organization, organization.state);
}

type StateOf<Id extends StateBackendId> = Extract<StateBackend, { backend: Id }>;

/**
 * Writes the block of each backend. Without one, Terraform would keep state in the stack's folder, which is temporary.
 */
const BLOCKS: {
  readonly [Id in StateBackendId]: (stack: TerraformStack, organization: Organization, state: StateOf<Id>) => void;
} = {
  s3: (stack, organization) => {
    new S3Backend(stack, s3BackendConfig(organization, stack.node.id));
    lockStateInS3(stack);
  },
  cloud: (stack, organization, state) => {
    new CloudBackend(stack, {
      hostname: state.hostname,
      organization: state.organization,
      workspaces: new NamedCloudWorkspace(ownNames(organization.names).workspaceName(stack.node.id), state.project),
    });
  },
  local: (stack) => {
    // Relative to the stack's folder in cdktf.out, where Terraform runs; absolute paths would differ by machine.
    new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
  },
};

function configure<Id extends StateBackendId>(
  stack: TerraformStack,
  organization: Organization,
  state: StateOf<Id> & { readonly backend: Id },
): void {
  BLOCKS[state.backend](stack, organization, state);
}

function s3BackendConfig(organization: Organization, stackId: string) {
  const place = statePlaceOf(organization);
  if (place === undefined) throw new TypeError("'state.backend' must be s3");
  const owner = accountNamed(organization, place.account);
  const roleArn = deploymentRoleArn(organization, owner);
  return {
    bucket: place.bucket,
    key: place.keyOf(stackId),
    region: place.region,
    ...encryptionOf(organization, place, owner.id),
    ...(roleArn === undefined ? {} : { assumeRole: { roleArn } }),
    // Whatever the credentials, state is not looked for in a bucket that another account admits them to. Terraform has
    // this argument since 1.6, which is older than the lock in S3. Without an account id there is nothing to compare.
    ...(organization.localAws ? LOCAL_AWS_BACKEND : { allowedAccountIds: [owner.id] }),
  };
}

/**
 * In a bucket that exists, only its key is named: with `encrypt` alone, Terraform asks for AES256 in place of the bucket's
 * default encryption, which policies of buckets with a key refuse. Source: Terraform, S3 backend, `encrypt`.
 */
function encryptionOf(organization: Organization, { existing, region }: StatePlace, ownerId: string) {
  if (existing !== undefined) {
    return existing.keyArn === undefined ? {} : { encrypt: true, kmsKeyId: existing.keyArn };
  }
  const alias = ownNames(organization.names).stateKeyAlias;
  return { encrypt: true, ...keyOf(organization, arn(region, "kms", ownerId, `alias/${alias}`)) };
}

/** Trailwatch's own key by its alias, because its id is unknown before it exists; none with keys of AWS. */
function keyOf(organization: Organization, aliasArn: string): { kmsKeyId?: string } {
  const choice = keyChoiceOf(organization, "state");
  if (choice === "aws-owned") return {};
  return { kmsKeyId: choice === "customer-key" ? aliasArn : choice.existing };
}

/** A local AWS has one host name for all buckets, and no metadata service. */
const LOCAL_AWS_BACKEND = {
  usePathStyle: true,
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRequestingAccountId: true,
};
