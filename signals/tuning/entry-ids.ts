import { createHash } from "node:crypto";
import type { IgnoredValue } from "./noise";

const SHORTEST = 6;

/**
 * Ids of entries to ignore, derived from what each ignores: the same id never means another entry, whatever the
 * records. An id consists of the fewest hash digits that distinguish the entries of a detection.
 */
export function entryIds(account: string, detection: string, entries: readonly IgnoredValue[]): string[] {
  const hashes = entries.map(({ field, equals }) =>
    createHash("sha256")
      .update(JSON.stringify([account, detection, field, equals]))
      .digest("hex"),
  );
  return hashes.map((hash) => {
    let length = SHORTEST;
    while (hashes.some((other) => other !== hash && other.startsWith(hash.slice(0, length)))) length += 1;
    return `${account}/${detection}/${hash.slice(0, length)}`;
  });
}
