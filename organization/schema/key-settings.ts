import { z } from "zod";
import { ENCRYPTIONS, KEY_PURPOSES, keyPurposes, type KeyPurpose } from "../../lib/naming/key-purposes";

/** Services find a key of another account by its ARN only; an alias can be moved to another key. */
export const keyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]{1,256}$/,
    "be the ARN of a KMS key, which ends in key/<id>: an alias can be moved to another key",
  );

const shape = Object.fromEntries(
  keyPurposes.map((purpose) => [purpose, keyArn.optional().describe(`Key of ${KEY_PURPOSES[purpose]}.`)]),
) as Record<KeyPurpose, z.ZodOptional<z.ZodString>>;

/** KMS keys that exist, by purpose. Trailwatch changes neither them nor their policies. */
export const keys = z.strictObject(shape);

export const encryption = z.enum(ENCRYPTIONS);
