import { shownValue } from "../lib/support/printable";
import { globMatcher } from "../lib/support/wildcard";
import { didYouMean } from "../lib/support/did-you-mean";

/**
 * The ids selected by id, or by a pattern in which `*` stands for any characters and `?` for one; all ids if nothing is
 * selected.
 *
 * @throws Error naming each pattern that no id matches: a typing error must not end as "nothing to do"
 */
export function chooseIds(ids: readonly string[], patterns: readonly string[]): string[] {
  return patterns.length === 0 ? [...ids] : matching(ids, patterns, "stack");
}

/**
 * The ids without the excluded ones, which are given by id or pattern.
 *
 * @param known every existing id, whether or not it is among the ids
 * @throws Error naming each pattern that no id matches: a typing error must not apply an excluded stack
 */
export function withoutIds(ids: readonly string[], except: readonly string[], known: readonly string[]): string[] {
  const leftOut = new Set(matching(known, except, "--except"));
  return ids.filter((id) => !leftOut.has(id));
}

function matching(ids: readonly string[], patterns: readonly string[], property: string): string[] {
  const matchers = patterns.map(globMatcher);
  const unknown = patterns.filter((_, index) => !ids.some((id) => matchers[index]?.(id)));
  if (unknown.length > 0) throw new Error(unknown.map((pattern) => unknownStack(property, pattern, ids)).join("\n"));
  return ids.filter((id) => matchers.some((matches) => matches(id)));
}

function unknownStack(property: string, pattern: string, ids: readonly string[]): string {
  const hint = didYouMean(pattern, ids) ?? "'trailwatch stacks' lists them";
  return `'${property}' must be the id of a stack, or match one with '*', got '${shownValue(pattern)}' (${hint})`;
}
