import { matcherOf } from "../organization/pattern";
import { didYouMean } from "../organization/spelling";

/**
 * Ids that a person chose by id, or by a pattern in which `*` stands for any characters and `?` for one; all of them when nothing was
 * asked for.
 *
 * @throws Error for a pattern that no id matches: a typing error must not end as "nothing to do"
 */
export function chooseIds(ids: readonly string[], patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [...ids];
  const matchers = patterns.map((pattern) => {
    const matcher = matcherOf(pattern);
    if (!ids.some((id) => matcher.test(id))) throw new Error(unknownStack(pattern, ids));
    return matcher;
  });
  return ids.filter((id) => matchers.some((matcher) => matcher.test(id)));
}

function unknownStack(pattern: string, ids: readonly string[]): string {
  const hint = didYouMean(pattern, ids) ?? "'trailwatch stacks' lists them";
  return `'stack' must be the id of a stack, or match one with '*', got '${pattern}' (${hint})`;
}
