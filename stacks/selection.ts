import { shownValue } from "../lib/support/printable";
import { globMatcher } from "../lib/support/wildcard";
import { didYouMean } from "../lib/support/did-you-mean";

/**
 * The stacks that `TRAILWATCH_STACKS` selects: ids or patterns such as `monitoring-*`, separated by commas or spaces.
 * In a pattern `*` stands for any letters, including none, and `?` for one, as for `cdktf deploy`.
 *
 * @returns whether a stack is selected
 * @throws Error naming each id or pattern that no stack has, and where nothing is selected
 */
export function stackSelection(wanted: string, stackIds: readonly string[]): (stackId: string) => boolean {
  const patterns = wanted.split(/[\s,]+/).filter(Boolean);
  const selected = patterns.map((pattern) => stackIds.filter(globMatcher(pattern)));
  const problems = patterns
    .filter((_, index) => selected[index]?.length === 0)
    .map((pattern) => problem(pattern, didYouMean(pattern, stackIds) ?? `there are ${some(stackIds)}`));
  if (patterns.length === 0) problems.push(problem(wanted, "unset it to synthesize all"));
  if (problems.length > 0) throw new Error(problems.join("\n"));

  const ids = new Set(selected.flat());
  return (stackId) => ids.has(stackId);
}

function problem(pattern: string, hint: string): string {
  return `'TRAILWATCH_STACKS' must name stacks of the organization, got '${shownValue(pattern)}'; ${hint}`;
}

/** As many as fit on a line. */
function some(stackIds: readonly string[]): string {
  const first = stackIds.slice(0, 6);
  return first.join(", ") + (stackIds.length > first.length ? " …" : "");
}
