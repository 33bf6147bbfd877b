/**
 * A memoized function of an object, such as an organization: computed once, and forgotten with the object.
 *
 * @param compute must always give the same for an object, which must not change, and its result must not be modified. An
 * error is not kept.
 */
export function byObject<Subject extends object, Result extends object>(
  compute: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const results = new WeakMap<Subject, Result>();
  return (subject) => {
    const known = results.get(subject);
    if (known !== undefined) return known;
    const result = compute(subject);
    results.set(subject, result);
    return result;
  };
}
