import { chooseIds } from "./choose";
import { differencesOf } from "./differences";
import { type Stack, readStacks } from "./stack";
import { type SynthesesOptions, withSyntheses } from "./two-syntheses";
import { wavesOf } from "./waves";

/** Which stacks to list: all, or those that differ from the reference. */
export interface ListOptions extends SynthesesOptions {
  /** Ids, or patterns with `*`; empty for all. */
  readonly patterns: readonly string[];
}

/** Stacks in the order in which they may be applied. */
export interface ListedStacks {
  readonly waves: readonly (readonly Stack[])[];
  /** Ids of stacks that the reference has, and the working tree no longer. */
  readonly removed: readonly string[];
}

/** Synthesizes the working tree, and the reference if one is given, into temporary folders, and says what to apply. */
export function listStacks(options: ListOptions): Promise<ListedStacks> {
  const { patterns, changedSince } = options;
  return withSyntheses(options, ({ after, before }) => {
    const stacks = readStacks(after);
    const ids = stacks.map(({ id }) => id);
    if (changedSince === undefined) return { waves: wavesOf(stacks, chooseIds(ids, patterns)), removed: [] };

    const { changed, removed } = differencesOf(before === undefined ? [] : readStacks(before), stacks);
    const chosen = new Set(chooseIds([...ids, ...removed], patterns));
    const wanted = (id: string): boolean => chosen.has(id);
    return { waves: wavesOf(stacks, changed.filter(wanted)), removed: removed.filter(wanted) };
  });
}
