import { ownNames } from "../lib/naming/own-names";
import type { Construct } from "constructs";
import { EncryptionKey } from "../modules/encryption-key/encryption-key";
import { stableId } from "../modules/stable-id";
import { PlaceholderSecret } from "../modules/watched-secrets/placeholder-secret";
import type { Account, Organization } from "../organization/organization";

/** The configured secrets of an account, with a key of their own. */
export function createSecrets(scope: Construct, organization: Organization, account: Account): void {
  const { create } = account.secrets;
  if (create.length === 0) return;

  const key = new EncryptionKey(scope, "secrets-key", {
    region: organization.homeRegion,
    purpose: "secrets",
    alias: ownNames(organization.names).secretsKeyAlias,
    description: "Trailwatch: watched secrets",
    accountId: account.id,
  });
  for (const secret of create) {
    new PlaceholderSecret(scope, stableId("secret", secret.name), {
      ...secret,
      encryptionKeyArn: key.arn,
      organizationId: organization.id,
    });
  }
}
