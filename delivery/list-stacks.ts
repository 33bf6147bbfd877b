import { chooseIds, withoutIds } from "./choose";
import { differencesOf } from "./differences";
import { type Stack, readStacks } from "../lib/terraform/read/stack-summary";
import { type Syntheses, type SynthesesOptions, withSyntheses } from "./two-syntheses";
import { wavesOf } from "./waves";

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
  readonly waves: readonly (readonly Stack[])[];
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
  const stacks = readStacks(after);
  const ids = stacks.map(({ id }) => id);
  return { waves: wavesOf(stacks, withoutIds(chooseIds(ids, patterns), except, ids)), removed: [] };
}

/** Stacks that differ between two syntheses; all of them if there is no older one. */
export function changedStacks({ after, before }: Syntheses, { patterns, except = [] }: Choice): ListedStacks {
  const stacks = readStacks(after);
  const { changed, removed } = differencesOf(before === undefined ? [] : readStacks(before), stacks);
  const ids = [...stacks.map(({ id }) => id), ...removed];
  const chosen = new Set(withoutIds(chooseIds(ids, patterns), except, ids));
  const wanted = (id: string): boolean => chosen.has(id);
  return { waves: wavesOf(stacks, changed.filter(wanted)), removed: removed.filter(wanted) };
}
