import { textMapOf, type Arguments } from "../lib/terraform/read/arguments";
import { readStacks } from "../lib/terraform/read/read-stacks";
import type { Stack } from "../lib/terraform/read/stack";
import { StackReader } from "../lib/terraform/read/stack-reader";

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
  /** The resources of its stack that refer to it. */
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
  return readStacks(path).flatMap(resourcesOf);
}

function resourcesOf(stack: Stack): PathResource[] {
  const { accountId, id: stackId } = stack;
  if (accountId === undefined) return [];
  // Values that are known only after the deployment are expected here: the deployment's own reader names them.
  const reader = new StackReader(stack, []);
  const all = Object.keys(stack.resources).flatMap((type) =>
    reader.all(type).map(([id, args]): [string, PathResource] => {
      const address = `${type}.${id}`;
      return [
        address,
        {
          type,
          address,
          stack: stackId,
          account: accountId,
          region: reader.region(args),
          get users() {
            return usersOf(address).flatMap((user) => byAddress.get(user) ?? []);
          },
          text: (argument) => (args[argument] === undefined ? "" : (reader.text(type, id, argument) ?? "")),
          tags: textMapOf(args, "tags") ?? {},
          arguments: args,
        },
      ];
    }),
  );
  const byAddress = new Map(all);
  const references = new Map(all.map(([address, one]) => [address, referencesIn(one.arguments)]));

  function usersOf(address: string): string[] {
    return [...references].filter(([, uses]) => uses.has(address)).map(([user]) => user);
  }
  return [...byAddress.values()];
}

/** The addresses that the arguments refer to; `depends_on` orders a deployment and is no use. */
function referencesIn(args: Arguments): ReadonlySet<string> {
  const text = JSON.stringify({ ...args, depends_on: undefined });
  return new Set([...text.matchAll(/\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)\./g)].flatMap(([, address]) => address ?? []));
}
