import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface StackTotals {
  readonly stacks: number;
  readonly resources: number;
  readonly megabytes: number;
  readonly largest: { readonly id: string; readonly megabytes: number };
}

/** What was synthesized to a folder. */
export function totalsOf(outdir: string): StackTotals {
  let [stacks, resources, megabytes] = [0, 0, 0];
  let largest = { id: "", megabytes: 0 };
  for (const id of readdirSync(join(outdir, "stacks"))) {
    const text = readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8");
    const { resource = {} } = JSON.parse(text) as { resource?: Readonly<Record<string, object>> };
    const size = Buffer.byteLength(text) / 1e6;
    stacks += 1;
    resources += Object.values(resource).reduce((sum, blocks) => sum + Object.keys(blocks).length, 0);
    megabytes += size;
    if (size > largest.megabytes) largest = { id, megabytes: size };
  }
  return { stacks, resources, megabytes, largest };
}
