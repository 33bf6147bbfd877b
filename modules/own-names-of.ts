import type { Construct } from "constructs";
import { ownNames, type OwnNames } from "../lib/naming/own-names";
import type { NamesSettings } from "../lib/naming/own-resources";

const KEY = "names";

/** Names everything below a stack by `names` of organization.yaml. Before the stack has children. */
export function nameBy(stack: Construct, { prefix }: NamesSettings): void {
  stack.node.setContext(KEY, { prefix });
}

/** The names of the installation that a construct belongs to, as its stack sets them. */
export function ownNamesOf(construct: Construct): OwnNames {
  const names = construct.node.tryGetContext(KEY) as NamesSettings | undefined;
  return ownNames(names);
}
