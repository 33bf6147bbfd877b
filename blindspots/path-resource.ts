import type { NamesSettings } from "../lib/naming/own-resources";
import { textMapOf, textOfArgument, type Arguments } from "../lib/terraform/read/arguments";
import { isExisting } from "../lib/terraform/read/existing";
import { readStacks } from "../lib/terraform/read/read-stacks";
import type { Stack } from "../lib/terraform/read/stack";
import { StackReader } from "../lib/terraform/read/stack-reader";
import { References } from "./references";

/** A deployed resource, as an attacker sees it. */
export interface PathResource {
  /** Type in Terraform, such as `aws_sns_topic`. */
  readonly type: string;
  /** Address within its stack: `aws_sns_topic.alerts_0A1B2C3D`. */
  readonly address: string;
  readonly stack: string;
  /** The 12-digit id of its account. */
  readonly account: string;
  readonly region: string;
  /**
   * What the names of its installation derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  /** The resources that refer to it, of its own stack or of another one. */
  readonly users: readonly PathResource[];
  /** A text argument with its references resolved; empty when Terraform knows it only after the deployment. */
  readonly text: (argument: string) => string;
  /** Tags of the resource. */
  readonly tags: Readonly<Record<string, string>>;
  readonly arguments: Arguments;
}

/**
 * Every resource of a deployment.
 *
 * @throws DeploymentError for a path that holds no stacks
 */
export function readResources(path: string): readonly PathResource[] {
  const references = new References<PathResource>();
  const resources = readStacks(path).flatMap((stack) => resourcesOf(stack, references));
  references.add(resources);
  return resources;
}

function resourcesOf(stack: Stack, references: References<PathResource>): PathResource[] {
  const { accountId, id: stackId } = stack;
  if (accountId === undefined) return [];
  // Values that are known only after the deployment are expected here: the deployment's own reader names them.
  const reader = new StackReader(stack, []);
  return Object.keys(stack.resources).flatMap((type) =>
    reader.all(type).map(([id, args]) => ({
      type,
      address: `${type}.${id}`,
      stack: stackId,
      account: ownerOf(type, id, args) ?? accountId,
      region: reader.region(args),
      names: stack.names,
      get users(): readonly PathResource[] {
        return references.usersOf(this);
      },
      text: (argument: string) => (args[argument] === undefined ? "" : (reader.text(type, id, argument) ?? "")),
      tags: textMapOf(args, "tags") ?? {},
      arguments: args,
    })),
  );
}

/** A topic or key that a stack uses and does not create may be of another account. */
function ownerOf(type: string, id: string, args: Arguments): string | undefined {
  if (!["aws_sns_topic", "aws_kms_key"].includes(type) || !isExisting(id)) return undefined;
  return textOfArgument(args, "arn")?.split(":")[4];
}
