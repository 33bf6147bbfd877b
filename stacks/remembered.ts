import { isPlainSynthesis } from "./faster-synthesis";

/** Far more than one organization has different ones; then it begins anew, so that memory stays bounded. */
const MOST_RESULTS = 500;

/** As long as any account's id: what fits with it fits with each. */
const ANY_ACCOUNT = "999999999999";

const ACCOUNT_ID = /\d{12}/;

/**
 * A function that computes once for equal inputs about a subject. Accounts differ in little: nearly all that is compiled
 * for one has been compiled for another, but for the account's own id, which is put where the other's was.
 *
 * @param compute from plain data to plain data, to which an account's id is a text like any other
 */
export function remembered<Subject extends object, Input, Result extends object>(
  compute: (subject: Subject, input: Input) => Result,
): (subject: Subject, input: Input, accountId: string) => Result {
  const subjects = new WeakMap<Subject, Map<string, string>>();
  return (subject, input, accountId) => {
    if (isPlainSynthesis()) return compute(subject, input);
    const parts = JSON.stringify(input).split(accountId);
    // Beside another account's id, the order of texts may depend on which is which.
    if (parts.some((part) => ACCOUNT_ID.test(part))) return compute(subject, input);

    const results = subjects.get(subject) ?? new Map<string, string>();
    subjects.set(subject, results);
    const key = parts.join(ANY_ACCOUNT);
    const known = results.get(key);
    if (known !== undefined) return JSON.parse(known.replaceAll(ANY_ACCOUNT, accountId)) as Result;

    const result = compute(subject, input);
    if (results.size >= MOST_RESULTS) results.clear();
    results.set(key, JSON.stringify(result).replaceAll(accountId, ANY_ACCOUNT));
    return result;
  };
}
