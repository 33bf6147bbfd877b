import type { Stack } from "../lib/terraform/read/stack-summary";

/**
 * Puts stacks into waves: stacks of one wave do not need each other, and need no stack of a later wave.
 *
 * @param stacks all synthesized stacks: a chosen one may depend on another through one that is not chosen
 * @param chosen ids of the stacks to put into waves
 */
export function wavesOf(stacks: readonly Stack[], chosen: readonly string[]): Stack[][] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const wanted = new Set(chosen);
  const known = new Map<string, number>();
  /** Length of the longest chain of chosen stacks that ends with this one, itself included. */
  const depthOf = (stack: Stack): number => {
    const before = known.get(stack.id);
    if (before !== undefined) return before;
    const needed = stack.dependencies.map((id) => byId.get(id)).filter((dependency) => dependency !== undefined);
    const depth = Math.max(0, ...needed.map(depthOf)) + (wanted.has(stack.id) ? 1 : 0);
    known.set(stack.id, depth);
    return depth;
  };

  const waves: Stack[][] = [];
  for (const stack of stacks) {
    if (wanted.has(stack.id)) (waves[depthOf(stack) - 1] ??= []).push(stack);
  }
  return waves;
}
