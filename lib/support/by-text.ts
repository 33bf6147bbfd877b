/** More results than one deployment has texts; then the cache is cleared, so that memory stays bounded. */
const MOST_RESULTS = 1000;

/**
 * A memoized function of a text. Thousands of evaluations read the same patterns, of which a deployment has some
 * hundred.
 *
 * @param compute must always give the same for a text, and its result must not be modified. An error is not kept.
 */
export function byText<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (results.size >= MOST_RESULTS) results.clear();
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
