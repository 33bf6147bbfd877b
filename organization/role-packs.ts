import type { AccountFile, PackId } from "./schema";

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
