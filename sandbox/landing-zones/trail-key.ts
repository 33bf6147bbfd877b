import { CreateAliasCommand, CreateKeyCommand, type KMSClient } from "@aws-sdk/client-kms";
import { arnPrefix, rootArn } from "../../lib/aws/partitions";
import { CLOUDTRAIL } from "./organization-trail";
import { policyDocument, type Statement } from "./policy-document";

/** A key with which a trail encrypts its files. */
export interface TrailKey {
  /** Without `alias/`. */
  readonly alias: string;
  /** The account that owns the key. */
  readonly owner: string;
  readonly trailArn: string;
  /** Further statements of its policy. */
  readonly statements?: readonly Omit<Statement, "Resource">[];
}

/**
 * Creates the key and returns its ARN. Source of the policy: Control Tower User Guide, KMS keys; CloudTrail User Guide,
 * key policies.
 */
export async function createTrailKey(
  kms: KMSClient,
  { alias, owner, trailArn, statements }: TrailKey,
): Promise<string> {
  const [, , , region = "", account = ""] = trailArn.split(":");
  const policy = policyDocument(
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: { AWS: rootArn(region, owner) },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "AllowCloudTrailToEncrypt",
      Effect: "Allow",
      Principal: { Service: CLOUDTRAIL },
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceArn": trailArn },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `${arnPrefix(region)}:cloudtrail:*:${account}:trail/*`,
        },
      },
    },
    ...(statements ?? []).map((statement) => ({ ...statement, Resource: "*" })),
  );
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: `Key of ${alias}`, Policy: policy }));
  if (KeyMetadata?.Arn === undefined) throw new Error(`the local AWS returned no ARN of key '${alias}'`);
  await kms.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId: KeyMetadata.Arn }));
  return KeyMetadata.Arn;
}
