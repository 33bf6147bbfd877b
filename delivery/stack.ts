import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A stack as it lies in a folder of synthesized JSON. */
export interface Stack {
  readonly id: string;
  /** The one account that it deploys to. */
  readonly account: string;
  /** Region of its default provider. */
  readonly region: string;
  /** Ids of the stacks that must be applied before it. */
  readonly dependencies: readonly string[];
  /** Path of its `cdk.tf.json`. */
  readonly file: string;
}

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
      const provider = (JSON.parse(readFileSync(file, "utf8")) as StackJson).provider?.aws?.[0];
      const account = provider?.allowed_account_ids?.[0] ?? "";
      return { id: name, account, region: provider?.region ?? "", dependencies, file };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`'${folder}' must hold what 'npx cdktf synth' writes, got no readable manifest.json (${why})`, {
      cause: error,
    });
  }
}
