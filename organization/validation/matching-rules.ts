import type { AccountRule } from "../schema/account-rule-settings";
import type { AccountFile } from "../schema/schema";

/** What rules look at. */
export type Placed = Pick<AccountFile, "role" | "organizationalUnit" | "accountTags">;

/** Whether a rule matches the account: a member, in that organizational unit and with that tag. */
export function matchesRule({ ou, tag }: Pick<AccountRule, "ou" | "tag">, account: Placed): boolean {
  if (account.role !== "member") return false;
  return (
    (ou === undefined || isWithin(account.organizationalUnit, ou)) &&
    (tag === undefined || hasTag(account.accountTags, tag))
  );
}

/** @param unit undefined where the account is directly below the root */
function isWithin(unit: string | undefined, pattern: string): boolean {
  return within(unit?.split("/") ?? [], pattern.split("/"));
}

function within(names: readonly string[], [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return names.length === 0;
  if (first === "**") return within(names, rest) || (names.length > 0 && within(names.slice(1), [first, ...rest]));
  const [name, ...below] = names;
  return name !== undefined && isLike(name, first) && within(below, rest);
}

function isLike(name: string, pattern: string): boolean {
  const escaped = pattern.split("*").map((text) => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`, "s").test(name);
}

function hasTag(tags: Placed["accountTags"], { key, value }: NonNullable<AccountRule["tag"]>): boolean {
  // Not `tags[key]`: every object has a `constructor`.
  return Object.hasOwn(tags, key) && (value === undefined || tags[key] === value);
}
