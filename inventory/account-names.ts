import type { AwsAccount } from "./aws-organization";

/** What `accountName` in organization/schema/fields.ts allows. */
const LONGEST_NAME = 40;
/** A '-' and the id. */
const SUFFIX_LENGTH = 13;

/** `organization.yaml` uses that name. */
const RESERVED = ["organization"];

/**
 * Names for accounts that have no file yet, by id. A name that is taken, or that several accounts would get, gets the
 * account's id as a suffix, so that names do not depend on the order in which AWS lists accounts.
 *
 * @param taken names of existing accounts and files, without extension
 */
export function namesFor(
  accounts: readonly Pick<AwsAccount, "id" | "name">[],
  taken: readonly string[],
): ReadonlyMap<string, string> {
  const wanted = new Map(accounts.map(({ id, name }) => [id, slugOf(name)]));
  const uses = new Map<string, number>();
  for (const slug of wanted.values()) uses.set(slug, (uses.get(slug) ?? 0) + 1);
  // Some file systems are not case-sensitive.
  const unavailable = new Set([...RESERVED, ...taken.map((name) => name.toLowerCase())]);

  return new Map(
    [...wanted].map(([id, slug]) => {
      const free = slug !== "account" && uses.get(slug) === 1 && !unavailable.has(slug);
      return [id, free ? slug : `${cut(slug, LONGEST_NAME - SUFFIX_LENGTH)}-${id}`];
    }),
  );
}

/** Lower-case words joined by '-', from any name: "Payments (EU) 2" becomes payments-eu-2. */
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
