import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { ephemeralRandomText } from "../escape-hatches";
import { denyOutsideOrganization, policyJson } from "../policy-document";
import { terraformTemplate } from "../user-text";

export interface PlaceholderSecretProps {
  /** Name of the secret: 1 to 512 letters, digits or `/_+=.@-`. */
  readonly name: string;

  /**
   * What the secret is for.
   *
   * @default - none
   */
  readonly description?: string;

  /** Days in which a deleted secret can be restored, 7 to 30. */
  readonly recoveryWindowDays: number;

  /** ARN of the key that encrypts it. */
  readonly encryptionKeyArn: string | undefined;

  /** `o-…`; principals outside have no access to the secret. */
  readonly organizationId: string;
}

/**
 * Staging label of the placeholder. Secrets Manager makes the first version of a secret current whatever its labels.
 * This label prevents the version from being cleaned up once a real value is current, so that Terraform always finds
 * it, and from becoming current again if Terraform ever recreates it.
 * Source: Secrets Manager API, PutSecretValue, VersionStages.
 */
export const PLACEHOLDER_STAGE = "TRAILWATCH_PLACEHOLDER";

/** A secret with a random placeholder for an S3 credential, to be replaced by hand or by an application. */
export class PlaceholderSecret extends Construct {
  constructor(scope: Construct, id: string, props: PlaceholderSecretProps) {
    super(scope, id);

    const secret = new SecretsmanagerSecret(this, "Resource", {
      name: props.name,
      description: props.description ?? "",
      ...(props.encryptionKeyArn === undefined ? {} : { kmsKeyId: props.encryptionKeyArn }),
      recoveryWindowInDays: props.recoveryWindowDays,
    });

    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: secret.arn,
      blockPublicPolicy: true,
      policy: policyJson("secret", [
        denyOutsideOrganization(props.organizationId, { actions: ["secretsmanager:*"], resources: ["*"] }),
      ]),
    });

    const randomText = ephemeralRandomText(this, `${this.node.id}-placeholder`);
    new SecretsmanagerSecretVersion(this, "placeholder", {
      secretId: secret.id,
      secretStringWo: terraformTemplate(
        `\${jsonencode({ access_key_id = "placeholder", secret_access_key = ${randomText} })}`,
      ),
      secretStringWoVersion: 1,
      versionStages: [PLACEHOLDER_STAGE],
      // AWSCURRENT moves to the real value.
      lifecycle: { ignoreChanges: ["version_stages"] },
    });
  }
}
