import type { NamesSettings } from "../../naming/own-resources";
import type { Arguments } from "./arguments";

/** What is known of a stack without its resources. */
export interface StackSummary {
  /** As in the manifest, in Terraform JSON's metadata, or else the name of its folder or plan. */
  readonly id: string;
  /** Path of its Terraform JSON or plan. */
  readonly file: string;
  /** The one account that its providers allow; undefined when they allow any. */
  readonly accountId: string | undefined;
  /** Region of each provider by its address, `aws` or `aws.<alias>`. */
  readonly regions: ReadonlyMap<string, string>;
  /**
   * What the names of its resources derive from, as the tag of its provider shows.
   *
   * @default - it has no such tag
   */
  readonly names?: NamesSettings | undefined;
  /** Ids of the stacks that must be applied directly before it, without their own dependencies; empty without a manifest. */
  readonly dependencies: readonly string[];
  /** Ids of the stacks whose state outputs it reads. */
  readonly reads: readonly string[];
  /** How many resources it declares. */
  readonly resourceCount: number;
}

/** What Terraform is about to deploy to one account: a root module of Terraform JSON, or the account's share of a plan. */
export interface Stack extends StackSummary {
  /** Arguments of all resources, by type and name; within a plan's modules, by the address without the type. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/** A path or document that contains no deployment. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}

/** Region of the provider without an alias; empty when it names none. */
export function defaultRegionOf({ regions }: StackSummary): string {
  return regions.get("aws") ?? "";
}

export function countResources(resources: Stack["resources"]): number {
  return Object.values(resources).reduce((count, ofType) => count + Object.keys(ofType).length, 0);
}

/** Ids of all direct and indirect dependencies of a stack. */
export function dependenciesOf(stack: StackSummary, stacks: readonly StackSummary[]): string[] {
  const byId = new Map(stacks.map((other) => [other.id, other]));
  const found = new Set<string>();
  const visit = ({ dependencies }: StackSummary): void => {
    for (const id of dependencies) {
      const dependency = byId.get(id);
      if (found.has(id) || dependency === undefined) continue;
      found.add(id);
      visit(dependency);
    }
  };
  visit(stack);
  return [...found].sort();
}
