import { App, TerraformOutput, TerraformStack, type TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { awsProviderRange, type AwsProviderMajor } from "../lib/terraform/aws-provider";

// Everything for which cdktf 0.21 has no construct is in this file, so that the move to cdktn only changes names.

/** cdktf 0.21's own method calls `util.isArray`, and Node.js 22 and later print that it is deprecated. */
const outputs = TerraformOutput.prototype as unknown as { isITerraformAddressable: (value: unknown) => boolean };
outputs.isITerraformAddressable = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && "fqn" in value;

/** Write-only arguments and S3's own state locking need 1.11. */
export const TERRAFORM_RANGE = ">= 1.11.0";

/**
 * An app that declares the Terraform versions of its stacks: cdktn, the successor of cdktf 0.21, refuses write-only
 * arguments otherwise. cdktf ignores the declaration.
 *
 * @param outdir @default - cdktf's
 */
export function appFor(outdir?: string): App {
  return new App({ outdir, context: { targetVersions: { terraform: TERRAFORM_RANGE } } });
}

/**
 * Replaces the exact provider version of the bindings by the tested range.
 *
 * @param major of the AWS provider. @default - each that stacks work with
 */
export function pinProviderRange(stack: TerraformStack, major?: AwsProviderMajor): void {
  stack.addOverride("terraform.required_version", TERRAFORM_RANGE);
  // Fully qualified, as OpenTofu and provider mirrors require (cdktn writes it so by itself).
  stack.addOverride("terraform.required_providers.aws.source", "hashicorp/aws");
  stack.addOverride("terraform.required_providers.aws.version", awsProviderRange(major));
}

/** S3-native state locking; cdktf 0.21's S3Backend has no such property. Needs Terraform 1.11. */
export function lockStateInS3(stack: TerraformStack): void {
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/**
 * The address of a resource as Terraform writes it, for use inside a hand-written expression. cdktf's own `fqn` is a
 * token that nests a second `${}` there.
 */
export function terraformAddressOf(type: string, resource: TerraformElement): string {
  return `${type}.${resource.friendlyUniqueId}`;
}

/**
 * A random text that exists only while Terraform runs: an ephemeral resource, never in plan or state. Only write-only
 * arguments accept it.
 *
 * @returns the reference to the text, for use inside a Terraform expression
 */
export function ephemeralRandomText(scope: Construct, name: string): string {
  const stack = TerraformStack.of(scope);
  stack.addOverride(`ephemeral.aws_secretsmanager_random_password.${name}`, {
    password_length: 40,
    exclude_punctuation: true,
  });
  return `ephemeral.aws_secretsmanager_random_password.${name}.random_password`;
}
