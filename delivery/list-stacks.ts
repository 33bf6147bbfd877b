import { chooseIds, matcherOf } from "./choose";
import { differencesOf } from "./differences";
import { type Stack, readStacks } from "./stack";
import { type SynthesesOptions, withSyntheses } from "./two-syntheses";
import { wavesOf } from "./waves";

/** Which stacks to list: all, or those that differ from the reference. */
export interface ListOptions extends SynthesesOptions {
  /** Ids, or patterns with `*`; empty for all. */
  readonly patterns: readonly string[];
  /**
   * Ids, or patterns with `*`, to leave out; they may match nothing.
   *
   * @default - none
   */
  readonly except?: readonly string[];
}

/** Stacks in the order in which they may be applied. */
export interface ListedStacks {
  readonly waves: readonly (readonly Stack[])[];
  /** Ids of stacks that the reference has, and the working tree no longer. */
  readonly removed: readonly string[];
}

/** Synthesizes the working tree, and the reference if one is given, into temporary folders, and says what to apply. */
export function listStacks(options: ListOptions): Promise<ListedStacks> {
  const { patterns, except = [], changedSince } = options;
  const exceptions = except.map(matcherOf);
  const isLeft = (id: string): boolean => !exceptions.some((matcher) => matcher.test(id));
  return withSyntheses(options, ({ after, before }) => {
    const stacks = readStacks(after);
    const ids = stacks.map(({ id }) => id);
    if (changedSince === undefined) {
      return { waves: wavesOf(stacks, chooseIds(ids, patterns).filter(isLeft)), removed: [] };
    }

    const { changed, removed } = differencesOf(before === undefined ? [] : readStacks(before), stacks);
    const chosen = new Set(chooseIds([...ids, ...removed], patterns).filter(isLeft));
    const wanted = (id: string): boolean => chosen.has(id);
    return { waves: wavesOf(stacks, changed.filter(wanted)), removed: removed.filter(wanted) };
  });
}
