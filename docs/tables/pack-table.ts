import { markdownTable } from "../../detections/docs/markdown";
import { PACKS } from "../../detections/catalogue";
import { ROLE_PACKS, type Role } from "../../organization/resolve/role-packs";

/** The packs, what each detects, and the roles of accounts that have it by default. */
export function packTable(): string {
  const roles = Object.keys(ROLE_PACKS) as readonly Role[];
  const rows = PACKS.map(({ id, title, detections }) => [
    `\`${id}\``,
    title,
    String(detections.length),
    roles.filter((role) => ROLE_PACKS[role].includes(id)).join(", ") || "opt-in",
  ]);
  return markdownTable(["pack", "detects changes and use of", "detections", "on by default in"], rows, [2]);
}
