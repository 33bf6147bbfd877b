import type { AwsAccount } from "./aws-organization";

/** What `accountName` in organization/schema/fields.ts allows. */
const LONGEST_NAME = 40;
/** A '-' and the id. */
const SUFFIX_LENGTH = 13;

/** An organization's own file has that name. */
const RESERVED = ["organization"];

/**
 * Names for accounts that have no file yet, by id. A name that is taken, or that several ask for, gets the account's id
 * behind it, so that no name depends on the order in which AWS lists accounts.
 *
 * @param taken names of accounts and of files that exist, without ending
 */
export function namesFor(
  accounts: readonly Pick<AwsAccount, "id" | "name">[],
  taken: readonly string[],
): ReadonlyMap<string, string> {
  const wanted = new Map(accounts.map(({ id, name }) => [id, slugOf(name)]));
  const asked = new Map<string, number>();
  for (const slug of wanted.values()) asked.set(slug, (asked.get(slug) ?? 0) + 1);
  // Some file systems do not tell upper from lower case.
  const unavailable = new Set([...RESERVED, ...taken.map((name) => name.toLowerCase())]);

  return new Map(
    [...wanted].map(([id, slug]) => {
      const free = slug !== "account" && asked.get(slug) === 1 && !unavailable.has(slug);
      return [id, free ? slug : `${cut(slug, LONGEST_NAME - SUFFIX_LENGTH)}-${id}`];
    }),
  );
}

/** Lower-case words joined by '-', from a name with anything in it: "Payments (EU) 2" is payments-eu-2. */
function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return cut(/^[a-z]/.test(words) ? words : `account-${words}`, LONGEST_NAME);
}

function cut(slug: string, length: number): string {
  return slug.slice(0, length).replace(/-$/, "");
}
