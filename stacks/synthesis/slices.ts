import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Manifest, TerraformStack, type App } from "cdktf";
import { TokenMap } from "cdktf/lib/tokens/private/token-map";
import { appFor } from "../../modules/escape-hatches";
import { writeFile } from "../../lib/support/write-file";
import { stackText } from "./stack-text";

/** Adds its part of the stacks to an app, and their dependencies. */
export type Slice = (app: App) => void;

/**
 * Synthesizes apps one after the other into one folder, and releases each before the next is built, because all stacks
 * of an organization at once may need too much memory. One manifest names all stacks, as for a single app.
 *
 * A stack that is in several slices is written once: it must be the same in each.
 *
 * @param outdir gets `manifest.json` and a folder for each stack
 * @param isWanted which stacks to write, by id; what they depend on is written with them. @default all
 * @returns ids of the stacks that were written
 */
export function synthesizeSlices(
  slices: readonly Slice[],
  outdir: string,
  isWanted: (stackId: string) => boolean = () => true,
): string[] {
  // cdktf creates folders in it, but not the folder itself.
  mkdirSync(outdir, { recursive: true });
  let manifest: Manifest | undefined;
  for (const slice of slices) {
    letTokensGo(() => {
      const app = appFor(outdir);
      manifest ??= app.manifest;
      slice(app);
      write(app, manifest, isWanted);
    });
  }
  if (manifest === undefined) return [];
  // In cdktf's format, but atomically.
  writeFile(join(outdir, Manifest.fileName), stackText(manifest.buildManifest()) ?? "");
  return Object.keys(manifest.stacks);
}

/** Deletes the folders of removed stacks: a leftover folder would be read as a stack. */
export function deleteOtherStacks(outdir: string, stackIds: readonly string[]): void {
  const folder = join(outdir, Manifest.stacksFolder);
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    if (entry.isDirectory() && !stackIds.includes(entry.name)) rmSync(join(folder, entry.name), { recursive: true });
  }
}

/**
 * The same as `App.synth` of cdktf 0.21, except for stacks that are not wanted or already written, and for the
 * manifest.
 */
function write(app: App, manifest: Manifest, isWanted: (stackId: string) => boolean): void {
  const stacks = app.node.children.filter((node) => TerraformStack.isStack(node));
  // References to other stacks are resolved here, and with them the dependencies.
  for (const stack of stacks) stack.prepareStack();
  for (const stack of withDependencies(stacks.filter(({ node }) => isWanted(node.id)))) {
    if (manifest.stacks[stack.node.id] !== undefined) continue;
    stack.synthesizer.synthesize({ outdir: app.outdir, skipValidation: app.skipValidation, manifest });
  }
  const problems = app.node.validate();
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

function withDependencies(stacks: readonly TerraformStack[]): Set<TerraformStack> {
  const all = new Set(stacks);
  // Iterating a set includes values that are added during the iteration.
  for (const stack of all) for (const dependency of stack.dependencies) all.add(dependency);
  return all;
}

interface Tokens {
  readonly stringTokenMap: Map<string, unknown>;
  readonly numberTokenMap: Map<number, unknown>;
}

/** cdktf 0.21 keeps every token, and a token keeps its stack: remove the tokens that were made meanwhile. */
function letTokensGo(make: () => void): void {
  const { stringTokenMap, numberTokenMap } = TokenMap.instance() as unknown as Tokens;
  const [strings, numbers] = [stringTokenMap.size, numberTokenMap.size];
  try {
    make();
  } finally {
    for (const key of [...stringTokenMap.keys()].slice(strings)) stringTokenMap.delete(key);
    for (const key of [...numberTokenMap.keys()].slice(numbers)) numberTokenMap.delete(key);
  }
}
