import type { AccountFile, PackId } from "../schema/schema";

export type Role = AccountFile["role"];

/**
 * Default packs by role. The management account sees the whole organization on a trail's log group, where checkers
 * accept `cis`.
 */
export const ROLE_PACKS: Readonly<Record<Role, readonly PackId[]>> = {
  management: ["secrets", "access", "identity", "watchers", "organization", "guard", "cis"],
  "log-archive": ["secrets", "access", "identity", "data", "watchers", "guard"],
  member: ["secrets", "access", "identity", "data", "compute", "watchers", "guard"],
};

/** Whether an organization has exactly one account of the role, or any number. */
export const IS_HELD_BY_ONE: Readonly<Record<Role, boolean>> = {
  management: true,
  "log-archive": true,
  member: false,
};

/** Roles that exactly one account has. */
export const ROLES_HELD_BY_ONE = (Object.keys(IS_HELD_BY_ONE) as readonly Role[]).filter(
  (role) => IS_HELD_BY_ONE[role],
);
