import { rootArn } from "../../lib/aws/partitions";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { KeyPurpose } from "../../lib/naming/key-purposes";
import { noteExisting } from "../existing-resources";
import { policyJson, type PolicyStatement } from "../policy-document";
import { keyChoiceIn } from "./key-choices";

export interface EncryptionKeyProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** What it is for: an existing key may be chosen by purpose, or none. */
  readonly purpose: KeyPurpose;

  /** Name of the key's alias, without `alias/`. */
  readonly alias: string;

  /** What the key encrypts, for people who list keys. */
  readonly description: string;

  /** The 12-digit id of the account that owns the key; its administrators keep full control. */
  readonly accountId: string;

  /**
   * Who else may use the key.
   *
   * @default - only identities of the account, by their own policies
   */
  readonly statements?: PolicyStatement[];

  /**
   * Tags besides the stack's.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;

  /**
   * Refuse every plan that would destroy the key.
   *
   * @default false - deletion waits 30 days, in which it can be cancelled
   */
  readonly preventDestroy?: boolean;
}

/**
 * A customer-managed KMS key with yearly rotation, a 30-day deletion window and an alias; or the key that exists for the
 * purpose, whose policy its owner completes; or none.
 */
export class EncryptionKey extends Construct {
  /** ARN of the key; undefined: AWS's own keys encrypt. */
  public readonly arn: string | undefined;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);

    const choice = keyChoiceIn(this, props.purpose);
    if (choice === "aws-owned") return;
    if (choice !== "customer-key") {
      this.arn = choice.existing;
      noteExisting(this, "aws_kms_key", {
        arn: choice.existing,
        region: props.region,
        description: props.description,
        // What the key's own policy must allow.
        policy: policyJson("key", props.statements ?? []),
      });
      return;
    }

    const key = new KmsKey(this, "Resource", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyJson("key", [
        {
          // Without it, a mistake in the other statements would lock out everyone for good.
          Sid: "EnableRootAccountAdministration",
          Effect: "Allow",
          Principal: { AWS: rootArn(props.region, props.accountId) },
          Action: "kms:*",
          Resource: "*",
        },
        ...(props.statements ?? []),
      ]),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
      ...(props.preventDestroy === true ? { lifecycle: { preventDestroy: true } } : {}),
    });

    new KmsAlias(this, "alias", { name: `alias/${props.alias}`, targetKeyId: key.keyId });

    this.arn = key.arn;
  }
}
