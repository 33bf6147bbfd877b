import { devNull } from "node:os";
import { join, relative } from "node:path";
import { writeFile } from "../../lib/support/write-file";
import type { ISynthesisSession, TerraformElement, TerraformStack } from "cdktf";
import { stackText } from "./stack-text";

type Fragment = Record<string, unknown>;

/** What the elements of a stack have been rendered to, without tokens, until it is written. */
const fragmentsOf = new WeakMap<TerraformStack, Map<TerraformElement, Fragment>>();

/** Keeps what elements have been rendered to, for the next writing of their stack and for no other use. */
export function keepFragments(stack: TerraformStack, fragments: Map<TerraformElement, Fragment>): void {
  fragmentsOf.set(stack, fragments);
}

/** After this, cdktf renders the elements of the stack when it writes it. */
export function forgetFragments(stack: TerraformStack): void {
  fragmentsOf.delete(stack);
}

/**
 * cdktf renders each element anew, merges copies of all, copies that once more and then writes. What it says of the stack
 * itself, and elements of late, it makes as before; what was kept of the others is merged without copies.
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
    // Overrides come last.
    merge(merged, ofStack);
    return merged;
  };
}

/** Whether overrides only set what is no list: a list is added to, and what is undefined deletes. */
function isSetOnly(overrides: Fragment): boolean {
  return Object.values(overrides).every((value) =>
    isMap(value) ? isSetOnly(value) : value !== undefined && !Array.isArray(value),
  );
}

/** Merges what is resolved as cdktf's `deepMerge` does, but takes over what it need not merge. */
function merge(target: Fragment, source: Fragment): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (isMap(present) && isMap(value)) merge(present, value);
    else if (Array.isArray(present) && Array.isArray(value)) {
      target[key] = [...(present as unknown[]), ...(value as unknown[])];
    } else target[key] = value;
  }
}

function isMap(value: unknown): value is Fragment {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Synthesizer {
  readonly stack: TerraformStack;
  readonly hclOutput: boolean;
}

type Synthesize = (this: Synthesizer, session: ISynthesisSession) => void;

/**
 * Leaves all to cdktf but the text of the stack, which it takes long to make, and writes over what was there: of a full
 * disk, a part would be left.
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
