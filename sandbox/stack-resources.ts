import { readRegularFile } from "../lib/support/regular-file";

/**
 * The provider waits 56 seconds after it has put one of these: 10 seconds, and ten answers at intervals of 5. No resource
 * depends on them, so in parts they come last. Source: terraform-provider-aws, `waitLifecycleConfigEquals`.
 */
export const LATE_TYPE = "aws_s3_bucket_lifecycle_configuration";

/**
 * The provider waits for the propagation of these: 13 seconds for a key, 26 for a queue, and 25 for its policy. Most
 * resources of a stack depend on them, and they on no other stack. Source: terraform-provider-aws,
 * `waitKeyPolicyPropagated`, `waitQueueAttributesPropagated`.
 */
export const EARLY_TYPES: readonly string[] = ["aws_kms_key", "aws_sqs_queue", "aws_sqs_queue_policy"];

/**
 * A stack can be used without these, for which the provider waits: no alarm and no notification passes through a queue of
 * undelivered events or kept messages.
 */
const UNNEEDED_TYPES: readonly string[] = [LATE_TYPE, "aws_sqs_queue_policy"];

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Addresses of a stack's resources of certain types. `file` is its Terraform JSON. */
export function addressesOfTypes(file: string, isWanted: (type: string) => boolean): string[] {
  return Object.keys(readResources(file)).filter((address) => isWanted(typeOf(address)));
}

/** Addresses of the resources that a stack cannot be used without: all but the unneeded ones and what depends on them. */
export function neededResources(file: string): Set<string> {
  const resources = readResources(file);
  const unneeded = new Set(Object.keys(resources).filter((address) => UNNEEDED_TYPES.includes(typeOf(address))));
  // A set's iteration includes what is added meanwhile.
  for (const address of unneeded) {
    const mention = new RegExp(`\\b${address.replaceAll(".", "\\.")}(?![\\w-])`);
    for (const [other, text] of Object.entries(resources)) if (mention.test(text)) unneeded.add(other);
  }
  return new Set(Object.keys(resources).filter((address) => !unneeded.has(address)));
}

/** The JSON of each resource, by its address. */
function readResources(file: string): Record<string, string> {
  const { resource = {} } = JSON.parse(readRegularFile(file)) as { resource?: Resources };
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, settings]) => [`${type}.${name}`, JSON.stringify(settings)]),
    ),
  );
}

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}
