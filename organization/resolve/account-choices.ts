import type { Layered } from "./layers";
import { matchesRule, type Placed } from "../validation/matching-rules";
import type { Feed } from "../organization";
import { ROLE_PACKS } from "./role-packs";
import type { AccountFile, OrganizationFile, PackId } from "../schema/schema";
import type { Path } from "../yaml/yaml-file";

/** A value, the file that sets it, and its path in that file; for a default, the path of the setting itself. */
export interface Chosen<T> extends Layered<T> {
  readonly path: Path;
}

type Rules = Pick<OrganizationFile, "accountRules">;

/**
 * The packs of an account: its own, otherwise those of the first matching rule that has some, otherwise those that
 * organization.yaml has for its role, otherwise the role's defaults.
 */
export function packsOf(
  account: Placed & { readonly packs?: readonly PackId[] | undefined },
  organization: Rules & Pick<OrganizationFile, "packs">,
): Chosen<readonly PackId[]> {
  if (account.packs !== undefined) return { value: account.packs, from: "account", path: ["packs"] };
  const byRule = ruled("packs", account, organization);
  if (byRule !== undefined) return byRule;
  const byRole = organization.packs[account.role];
  if (byRole !== undefined) return { value: byRole, from: "organization", path: ["packs", account.role] };
  return { value: ROLE_PACKS[account.role], from: "default", path: ["packs"] };
}

/**
 * The feed of an account: its own, otherwise the first matching rule's; the organization trail writes to the management
 * account only.
 */
export function feedOf(account: Placed & Pick<AccountFile, "feed">, organization: Rules): Chosen<Feed> {
  if (account.feed !== undefined) return { value: account.feed, from: "account", path: ["feed"] };
  const byRule = ruled("feed", account, organization);
  if (byRule !== undefined) return byRule;
  const byRole = account.role === "management" ? "organization-trail" : "event-bus";
  return { value: byRole, from: "default", path: ["feed"] };
}

/** The deployment role of an account: its own, otherwise the first matching rule's; undefined: the organization's. */
export function ownDeploymentRole(
  account: Placed & Pick<AccountFile, "deploymentRole">,
  organization: Rules,
): string | undefined {
  return account.deploymentRole ?? ruled("deploymentRole", account, organization)?.value;
}

function ruled<Key extends "deploymentRole" | "feed" | "packs">(
  key: Key,
  account: Placed,
  { accountRules }: Rules,
): Chosen<NonNullable<Rules["accountRules"][number][Key]>> | undefined {
  for (const [index, rule] of accountRules.entries()) {
    const value = rule[key];
    if (value !== undefined && matchesRule(rule, account)) {
      return { value, from: "organization", path: ["accountRules", index, key] };
    }
  }
  return undefined;
}
