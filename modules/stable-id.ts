import { createHash } from "node:crypto";

/**
 * A construct id for one of several peers that differ by data (an address, a secret's name).
 *
 * cdktf silently drops characters from ids, so that "a.b" and "ab" would become one resource. An id by position would
 * replace every later peer when an earlier one is removed. The hash keeps ids distinct and stable.
 */
export function stableId(prefix: string, value: string): string {
  return `${prefix}-${createHash("sha256").update(value).digest("hex").slice(0, 8)}`;
}
