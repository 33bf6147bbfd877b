import type { Layered } from "./layers";
import type { AccountFile, OrganizationFile, PackId } from "./schema";

export type Role = AccountFile["role"];

/**
 * Packs of an account that nobody chose any for. The management account sees the whole organization on a trail's log
 * group, where checkers accept `cis`.
 */
export const ROLE_PACKS: Readonly<Record<Role, readonly PackId[]>> = {
  management: ["cis", "guard", "access", "secrets"],
  "log-archive": ["secrets", "access", "guard"],
  member: ["secrets", "access", "guard"],
};

/** The packs of an account: its own, else what organization.yaml has for its role, else the role's. */
export function packsOf(
  account: { readonly packs?: readonly PackId[] | undefined; readonly role: Role },
  organization: Pick<OrganizationFile, "packs">,
): Layered<readonly PackId[]> {
  if (account.packs !== undefined) return { value: account.packs, from: "account" };
  const byRole = organization.packs[account.role];
  return byRole === undefined
    ? { value: ROLE_PACKS[account.role], from: "default" }
    : { value: byRole, from: "organization" };
}
