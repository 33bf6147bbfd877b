import type { Arguments } from "./arguments";

/** What Terraform is about to deploy to one account: a root module of Terraform JSON, or the account's share of a plan. */
export interface Stack {
  readonly name: string;
  readonly file: string;
  /** Arguments of all resources, by type and name; within a plan's modules, by the address without the type. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  /** The one account that its providers allow; undefined when they allow any. */
  readonly accountId: string | undefined;
  /** Region of each provider by its address, `aws` or `aws.<alias>`. */
  readonly regions: ReadonlyMap<string, string>;
}

/** A path or document that contains no deployment. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}
