import { isPlainSynthesis } from "./plain-synthesis";

/** Far more than the distinct inputs of one organization; then the cache is cleared, so that memory stays bounded. */
const MOST_RESULTS = 500;

/** As long as any account's id, so that what fits with it fits with each. */
const ANY_ACCOUNT = "999999999999";

const ACCOUNT_IDS = /\d{12,}/g;

/**
 * A memoized function of an input and a subject. Accounts differ little: nearly everything that is compiled for one was
 * already compiled for another, except the account's own id, which replaces the other's.
 *
 * @param compute from plain data to plain data, which must not be modified because accounts share it; it must treat an
 * account's id as a text like any other
 * @param textOf cache key of an input. @default JSON
 */
export function memoized<Subject extends object, Input, Result extends object>(
  compute: (subject: Subject, input: Input) => Result,
  textOf: (input: Input) => string = JSON.stringify,
): (subject: Subject, input: Input, accountId: string) => Result {
  const subjects = new WeakMap<Subject, Map<string, Result | string>>();
  return (subject, input, accountId) => {
    if (isPlainSynthesis()) return compute(subject, input);
    const text = textOf(input);
    // An account may have this very id: no result could tell it from the account's own.
    if (accountId !== ANY_ACCOUNT && text.includes(ANY_ACCOUNT)) return compute(subject, input);
    const parts = text.split(accountId);
    // The order of texts may depend on which ids of other accounts come before the account's own.
    const before = parts.flatMap((part) => part.match(ACCOUNT_IDS)?.map((other) => other < accountId) ?? []);

    const results = subjects.get(subject) ?? new Map<string, Result | string>();
    subjects.set(subject, results);
    const key = [...before.map(Number), parts.join(ANY_ACCOUNT)].join("");
    const known = results.get(key);
    if (typeof known === "string") return JSON.parse(known.replaceAll(ANY_ACCOUNT, accountId)) as Result;
    if (known !== undefined) return known;

    const result = compute(subject, input);
    if (results.size >= MOST_RESULTS) results.clear();
    const resultText = JSON.stringify(result);
    results.set(key, resultText.includes(accountId) ? resultText.replaceAll(accountId, ANY_ACCOUNT) : result);
    return result;
  };
}
