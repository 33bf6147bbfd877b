import { devNull } from "node:os";
import { join, relative } from "node:path";
import { isRecord } from "../../lib/support/is-record";
import { writeFile } from "../../lib/support/write-file";
import type { ISynthesisSession, TerraformElement, TerraformStack } from "cdktf";
import { stackText } from "./stack-text";

type Fragment = Record<string, unknown>;

const isFragment = (value: unknown): value is Fragment => isRecord(value);

/** The rendered elements of a stack, without tokens, until it is written. */
const fragmentsOf = new WeakMap<TerraformStack, Map<TerraformElement, Fragment>>();

/** Keeps rendered elements for the next writing of their stack, and for no other use. */
export function keepFragments(stack: TerraformStack, fragments: Map<TerraformElement, Fragment>): void {
  fragmentsOf.set(stack, fragments);
}

/** After this, cdktf renders the elements of the stack when it writes it. */
export function forgetFragments(stack: TerraformStack): void {
  fragmentsOf.delete(stack);
}

/**
 * cdktf renders each element again, merges copies of all, copies the result once more and then writes it. The stack's
 * own fragment, and elements added late, are still rendered by cdktf; the kept fragments of all others are merged
 * without copies.
 */
export function mergingWhatIsKept(byCdktf: () => unknown): () => unknown {
  return function toTerraform(this: TerraformStack): unknown {
    const fragments = fragmentsOf.get(this);
    fragmentsOf.delete(this);
    const { rawOverrides } = this as unknown as { rawOverrides: Fragment };
    if (fragments === undefined || !isSetOnly(rawOverrides)) return byCdktf.call(this);

    for (const element of fragments.keys()) element.toTerraform = () => ({});
    const ofStack = byCdktf.call(this) as Fragment;
    const merged: Fragment = {};
    for (const [element, fragment] of fragments) {
      Reflect.deleteProperty(element, "toTerraform");
      merge(merged, fragment);
    }
    // Overrides are applied last.
    merge(merged, ofStack);
    return merged;
  };
}

/** Whether overrides only set values other than lists: a list is appended to, and an undefined value deletes. */
function isSetOnly(overrides: Fragment): boolean {
  return Object.values(overrides).every((value) =>
    isFragment(value) ? isSetOnly(value) : value !== undefined && !Array.isArray(value),
  );
}

/** Merges resolved values as cdktf's `deepMerge` does, but reuses values that need no merge. */
function merge(target: Fragment, source: Fragment): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (isFragment(present) && isFragment(value)) merge(present, value);
    else if (Array.isArray(present) && Array.isArray(value)) {
      target[key] = [...(present as unknown[]), ...(value as unknown[])];
    } else target[key] = value;
  }
}

interface Synthesizer {
  readonly stack: TerraformStack;
  readonly hclOutput: boolean;
}

type Synthesize = (this: Synthesizer, session: ISynthesisSession) => void;

/**
 * Leaves everything to cdktf except the stack's text, which cdktf makes slowly and writes over the old file: on a full
 * disk, a part of it would be left.
 */
export function writingFaster(byCdktf: Synthesize): Synthesize {
  return function synthesize(session) {
    const { stack, hclOutput } = this;
    if (hclOutput) {
      byCdktf.call(this, session);
      return;
    }
    const manifest: { synthesizedStackPath: string } = session.manifest.forStack(stack);
    const { synthesizedStackPath } = manifest;
    try {
      stack.toTerraform = () => ({});
      manifest.synthesizedStackPath = relative(session.outdir, devNull);
      byCdktf.call(this, session);
    } finally {
      manifest.synthesizedStackPath = synthesizedStackPath;
      Reflect.deleteProperty(stack, "toTerraform");
    }
    writeFile(join(session.outdir, synthesizedStackPath), stackText(stack.toTerraform()) ?? "");
  };
}
