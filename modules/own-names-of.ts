import type { Construct } from "constructs";
import { ownNames, type OwnNames } from "../lib/naming/own-names";
import type { NamesSettings } from "../lib/naming/own-resources";

/** Of the construct tree's context, which cdktf.json and other libraries fill too. */
const KEY = "trailwatch names";

/**
 * Names what Trailwatch's constructs create below a stack: names begin with `prefix` in place of `trailwatch`, lower-case
 * words joined by `-`. Call it before the stack has children.
 */
export function nameBy(stack: Construct, { prefix }: NamesSettings): void {
  stack.node.setContext(KEY, { prefix });
}

/** The names of the installation that a construct belongs to, as its stack sets them. */
export function ownNamesOf(construct: Construct): OwnNames {
  const names = construct.node.tryGetContext(KEY) as NamesSettings | undefined;
  return ownNames(names);
}
