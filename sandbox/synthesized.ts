import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A stack as it lies in `cdktf.out`. */
export interface SynthesizedStack {
  readonly name: string;
  /** The one account it deploys to. */
  readonly accountId: string;
  /** How many resources it declares. */
  readonly resources: number;
  /** Stacks whose outputs or resources it needs. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Record<
    string,
    { readonly name: string; readonly dependencies: readonly string[]; readonly synthesizedStackPath: string }
  >;
}

interface StackJson {
  readonly provider: { readonly aws: readonly { readonly allowed_account_ids: readonly string[] }[] };
  readonly resource?: Record<string, Record<string, unknown>>;
}

/** The stacks of an output folder, in the order in which they were synthesized. */
export function synthesizedStacks(outdir: string): SynthesizedStack[] {
  const manifest = readJson(join(outdir, "manifest.json")) as Manifest;
  return Object.values(manifest.stacks).map(({ name, dependencies, synthesizedStackPath }) => {
    const stack = readJson(join(outdir, synthesizedStackPath)) as StackJson;
    return {
      name,
      dependencies,
      accountId: stack.provider.aws[0]?.allowed_account_ids[0] ?? "",
      resources: Object.values(stack.resource ?? {}).flatMap((ofType) => Object.keys(ofType)).length,
    };
  });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
