import { isDeepStrictEqual } from "node:util";
import type { Stack } from "../lib/terraform/read/stack-summary";
import { readRegularFile } from "../lib/support/regular-file";

/** The differences between two syntheses. Ids, sorted. */
export interface Differences {
  /** Stacks that are new, or whose JSON changed. */
  readonly changed: readonly string[];
  /** Stacks that are no longer synthesized: their resources still exist. */
  readonly removed: readonly string[];
}

/** Compares the stacks of two syntheses by the JSON that Terraform uses. */
export function differencesOf(before: readonly Stack[], after: readonly Stack[]): Differences {
  const older = new Map(before.map((stack) => [stack.id, stack]));
  const newer = new Set(after.map(({ id }) => id));
  return {
    changed: after.filter((stack) => !isSame(older.get(stack.id), stack)).map(({ id }) => id),
    removed: before.map(({ id }) => id).filter((id) => !newer.has(id)),
  };
}

function isSame(before: Stack | undefined, after: Stack): boolean {
  if (before === undefined) return false;
  const [older, newer] = [readRegularFile(before.file), readRegularFile(after.file)];
  return older === newer || isDeepStrictEqual(meaningOf(older), meaningOf(newer));
}

/** Keys `//` are comments to Terraform: cdktf puts its version and the constructs' paths there. */
function meaningOf(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) => (key === "//" ? undefined : value));
}
