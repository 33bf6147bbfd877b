import { matcherOf } from "../organization/pattern";
import { chooseIds } from "./choose";
import { differencesOf } from "./differences";
import { type Stack, readStacks } from "./stack";
import { type Syntheses, type SynthesesOptions, withSyntheses } from "./two-syntheses";
import { wavesOf } from "./waves";

/** Which stacks are asked for. */
interface Choice {
  /** Ids, or patterns with `*`; empty for all. */
  readonly patterns: readonly string[];
  /**
   * Ids, or patterns with `*`, to leave out; they may match nothing.
   *
   * @default - none
   */
  readonly except?: readonly string[];
}

/** Which stacks to list: all, or those that differ from the reference. */
export interface ListOptions extends SynthesesOptions, Choice {}

/** Stacks in the order in which they may be applied. */
export interface ListedStacks {
  readonly waves: readonly (readonly Stack[])[];
  /** Ids of stacks that the reference has, and the working tree no longer. */
  readonly removed: readonly string[];
}

/** Synthesizes the working tree, and the reference if one is given, into temporary folders, and says what to apply. */
export function listStacks(options: ListOptions): Promise<ListedStacks> {
  return withSyntheses(options, (syntheses) =>
    options.changedSince === undefined ? allStacks(syntheses, options) : changedStacks(syntheses, options),
  );
}

function allStacks({ after }: Syntheses, { patterns, except }: Choice): ListedStacks {
  const stacks = readStacks(after);
  const chosen = chooseIds(
    stacks.map(({ id }) => id),
    patterns,
  );
  return { waves: wavesOf(stacks, chosen.filter(notAmong(except))), removed: [] };
}

/** Stacks that differ between two syntheses; every one where there is no older one. */
export function changedStacks({ after, before }: Syntheses, { patterns, except }: Choice): ListedStacks {
  const stacks = readStacks(after);
  const { changed, removed } = differencesOf(before === undefined ? [] : readStacks(before), stacks);
  const chosen = new Set(chooseIds([...stacks.map(({ id }) => id), ...removed], patterns).filter(notAmong(except)));
  const wanted = (id: string): boolean => chosen.has(id);
  return { waves: wavesOf(stacks, changed.filter(wanted)), removed: removed.filter(wanted) };
}

function notAmong(except: readonly string[] = []): (id: string) => boolean {
  const exceptions = except.map(matcherOf);
  return (id) => !exceptions.some((matcher) => matcher.test(id));
}
