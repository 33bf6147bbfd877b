import { isDeepStrictEqual } from "node:util";
import { readRegularFile } from "../lib/support/regular-file";
import { chooseIds, withoutIds } from "./choose";
import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import type { StackSummary } from "../lib/terraform/read/stack";
import { type Syntheses, type SynthesesOptions, withSyntheses } from "./two-syntheses";

/** Which stacks are selected. */
interface Choice {
  /** Ids, or patterns with `*`; empty for all. */
  readonly patterns: readonly string[];
  /**
   * Ids, or patterns with `*`, to exclude. Each must match a stack.
   *
   * @default - none
   */
  readonly except?: readonly string[];
}

/** Which stacks to list: all, or those that differ from the reference. */
export interface ListOptions extends SynthesesOptions, Choice {}

/** Stacks in the order in which they may be applied. */
export interface ListedStacks {
  readonly waves: readonly (readonly StackSummary[])[];
  /** Ids of stacks that exist in the reference and not in the working tree. */
  readonly removed: readonly string[];
}

/** Synthesizes the working tree, and the reference if given, into temporary folders, and lists what to apply. */
export function listStacks(options: ListOptions): Promise<ListedStacks> {
  return withSyntheses(options, (syntheses) =>
    options.changedSince === undefined ? allStacks(syntheses, options) : changedStacks(syntheses, options),
  );
}

function allStacks({ after }: Syntheses, { patterns, except = [] }: Choice): ListedStacks {
  const stacks = readStackSummaries(after);
  const ids = stacks.map(({ id }) => id);
  return { waves: wavesOf(stacks, withoutIds(chooseIds(ids, patterns), except, ids)), removed: [] };
}

/** Stacks that differ between two syntheses; all of them if there is no older one. */
export function changedStacks({ after, before }: Syntheses, { patterns, except = [] }: Choice): ListedStacks {
  const stacks = readStackSummaries(after);
  const { changed, removed } = differencesOf(before === undefined ? [] : readStackSummaries(before), stacks);
  const ids = [...stacks.map(({ id }) => id), ...removed];
  const chosen = new Set(withoutIds(chooseIds(ids, patterns), except, ids));
  const wanted = (id: string): boolean => chosen.has(id);
  return { waves: wavesOf(stacks, changed.filter(wanted)), removed: removed.filter(wanted) };
}

/** The differences between two syntheses. Ids, sorted. */
export interface Differences {
  /** Stacks that are new, or whose JSON changed. */
  readonly changed: readonly string[];
  /** Stacks that are no longer synthesized: their resources still exist. */
  readonly removed: readonly string[];
}

/** Compares the stacks of two syntheses by the JSON that Terraform uses. */
export function differencesOf(before: readonly StackSummary[], after: readonly StackSummary[]): Differences {
  const older = new Map(before.map((stack) => [stack.id, stack]));
  const newer = new Set(after.map(({ id }) => id));
  return {
    changed: after.filter((stack) => !isSame(older.get(stack.id), stack)).map(({ id }) => id),
    removed: before.map(({ id }) => id).filter((id) => !newer.has(id)),
  };
}

function isSame(before: StackSummary | undefined, after: StackSummary): boolean {
  if (before === undefined) return false;
  const [older, newer] = [readRegularFile(before.file), readRegularFile(after.file)];
  return older === newer || isDeepStrictEqual(meaningOf(older), meaningOf(newer));
}

/** Keys `//` are comments to Terraform: cdktf puts its version and the constructs' paths there. */
function meaningOf(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) => (key === "//" ? undefined : value));
}

/**
 * Puts stacks into waves: stacks of one wave do not need each other, and need no stack of a later wave.
 *
 * @param stacks all synthesized stacks: a chosen one may depend on another through one that is not chosen
 * @param chosen ids of the stacks to put into waves
 */
export function wavesOf(stacks: readonly StackSummary[], chosen: readonly string[]): StackSummary[][] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const wanted = new Set(chosen);
  const known = new Map<string, number>();
  /** Length of the longest chain of chosen stacks that ends with this one, itself included. */
  const depthOf = (stack: StackSummary): number => {
    const before = known.get(stack.id);
    if (before !== undefined) return before;
    const needed = stack.dependencies.map((id) => byId.get(id)).filter((dependency) => dependency !== undefined);
    const depth = Math.max(0, ...needed.map(depthOf)) + (wanted.has(stack.id) ? 1 : 0);
    known.set(stack.id, depth);
    return depth;
  };

  const waves: StackSummary[][] = [];
  for (const stack of stacks) {
    if (wanted.has(stack.id)) (waves[depthOf(stack) - 1] ??= []).push(stack);
  }
  return waves;
}
