import { join } from "node:path";
import { readRegularFile } from "../../support/regular-file";

/** A stack in a folder of synthesized JSON. */
export interface Stack {
  readonly id: string;
  /** The one account that it deploys to. */
  readonly account: string;
  /** Region of its default provider. */
  readonly region: string;
  /** Ids of the stacks that must be applied directly before it, without their own dependencies. */
  readonly dependencies: readonly string[];
  /** Ids of the stacks whose state outputs it reads. */
  readonly reads: readonly string[];
  /** How many resources it declares. */
  readonly resources: number;
  /** Path of its `cdk.tf.json`. */
  readonly file: string;
}

/** Prefix that cdktf gives the data source for another stack's state; the other stack's id follows. */
export const REMOTE_STATE = "cross-stack-reference-input-";

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly name: string; readonly dependencies: readonly string[]; readonly synthesizedStackPath: string }
    >
  >;
}

interface StackJson {
  readonly provider?: {
    readonly aws?: readonly { readonly region?: string; readonly allowed_account_ids?: readonly string[] }[];
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly data?: { readonly terraform_remote_state?: Readonly<Record<string, unknown>> };
}

/**
 * The stacks in a folder that a synthesis wrote, sorted by id.
 *
 * @throws Error when the folder holds no manifest
 */
export function readStacks(folder: string): Stack[] {
  return Object.values(readManifest(folder).stacks)
    .map(({ name, dependencies, synthesizedStackPath }) => {
      const file = join(folder, synthesizedStackPath);
      const json = JSON.parse(readRegularFile(file)) as StackJson;
      const provider = json.provider?.aws?.[0];
      return {
        id: name,
        account: provider?.allowed_account_ids?.[0] ?? "",
        region: provider?.region ?? "",
        dependencies,
        reads: Object.keys(json.data?.terraform_remote_state ?? {})
          .filter((key) => key.startsWith(REMOTE_STATE))
          .map((key) => key.slice(REMOTE_STATE.length)),
        resources: Object.values(json.resource ?? {}).flatMap((ofType) => Object.keys(ofType)).length,
        file,
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ids of all direct and indirect dependencies of a stack. */
export function dependenciesOf(stack: Stack, stacks: readonly Stack[]): string[] {
  const byId = new Map(stacks.map((other) => [other.id, other]));
  const found = new Set<string>();
  const visit = ({ dependencies }: Stack): void => {
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

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readRegularFile(join(folder, "manifest.json"))) as Manifest;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`'${folder}' must hold what 'npx cdktf synth' writes, got no readable manifest.json (${why})`, {
      cause: error,
    });
  }
}
